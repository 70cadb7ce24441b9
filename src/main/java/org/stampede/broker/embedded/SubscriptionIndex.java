package org.stampede.broker.embedded;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.DestinationPattern.Kind;
import org.stampede.destination.DestinationPattern.Part;
import org.stampede.destination.UserDestination;

/**
 * Finds the subscriptions whose pattern matches a destination: a tree with a level for each part of the patterns, so that
 * the cost depends on the parts of the destination and not on subscriptions that do not match. Private destinations have a
 * tree of their own, which no pattern of another session reaches, not even {@code **}.
 *
 * <p>Thread-safe: changes are made one at a time, under a lock; lookups take no lock. A lookup sees a change that was
 * complete before it began.
 *
 * @param <S> a subscription
 */
final class SubscriptionIndex<S> {

    /** A place in the tree. */
    private static final class Node<S> {
        /** Below this place, by the part that leads there: a literal, or {@link Kind#ONE}. */
        final Map<Part, Node<S>> children = new ConcurrentHashMap<>(2);
        /** The subscriptions whose pattern ends here. */
        final List<S> here = new CopyOnWriteArrayList<>();
        /** The subscriptions that take all the rest from here on. */
        final List<S> rest = new CopyOnWriteArrayList<>();

        boolean isEmpty() {
            return children.isEmpty() && here.isEmpty() && rest.isEmpty();
        }
    }

    private final Node<S> shared = new Node<>();
    private final Node<S> privates = new Node<>();
    /** Held while the tree is changed, never while it is read. */
    private final ReentrantLock changes = new ReentrantLock();

    /** Adds a subscription; it is found once for each time that it was added. */
    void add(DestinationPattern pattern, S subscription) {
        changes.lock();
        try {
            Node<S> node = root(pattern.text());
            for (Part part : pattern.parts()) {
                if (part.kind() == Kind.REST) {
                    node.rest.add(subscription);
                    return;
                }
                node = node.children.computeIfAbsent(part, p -> new Node<>());
            }
            node.here.add(subscription);
        } finally {
            changes.unlock();
        }
    }

    /** Removes a subscription, and places where no other is left. */
    void remove(DestinationPattern pattern, S subscription) {
        changes.lock();
        try {
            remove(root(pattern.text()), pattern.parts(), 0, subscription);
        } finally {
            changes.unlock();
        }
    }

    private void remove(Node<S> node, List<Part> parts, int depth, S subscription) {
        if (depth == parts.size()) {
            node.here.remove(subscription);
            return;
        }
        Part part = parts.get(depth);
        if (part.kind() == Kind.REST) {
            node.rest.remove(subscription);
            return;
        }
        Node<S> child = node.children.get(part);
        if (child != null) {
            remove(child, parts, depth + 1, subscription);
            if (child.isEmpty()) {
                node.children.remove(part);
            }
        }
    }

    /**
     * Visits each subscription whose pattern matches a destination.
     *
     * @return how many places of the tree were looked at: the cost
     */
    int visit(String destination, Consumer<? super S> action) {
        return visit(root(destination), DestinationPattern.split(destination), 0, action);
    }

    private int visit(Node<S> node, List<Part> parts, int depth, Consumer<? super S> action) {
        node.rest.forEach(action);
        if (depth == parts.size()) {
            node.here.forEach(action);
            return 1;
        }
        Part part = parts.get(depth);
        int cost = 1;
        Node<S> literal = node.children.get(part);
        if (literal != null) {
            cost += visit(literal, parts, depth + 1, action);
        }
        // A wildcard stands for a part that is not empty.
        Node<S> one = part.text().isEmpty() ? null : node.children.get(new Part(part.separator(), Kind.ONE, ""));
        if (one != null) {
            cost += visit(one, parts, depth + 1, action);
        }
        return cost;
    }

    private Node<S> root(String destination) {
        return UserDestination.isPrivate(destination) ? privates : shared;
    }

    /** Whether there is no subscription at all. */
    boolean isEmpty() {
        return shared.isEmpty() && privates.isEmpty();
    }
}
