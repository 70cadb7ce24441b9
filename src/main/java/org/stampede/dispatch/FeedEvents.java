package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.stampede.destination.DestinationPattern;
import org.stampede.messaging.DestinationEvent;
import org.stampede.messaging.FirstSubscribed;
import org.stampede.messaging.LastUnsubscribed;
import org.stampede.session.Subscriber;

/**
 * Fires the CDI events that tell of a destination's first subscription and last one. Remembers only destinations that some
 * observer wants to know of. Thread-safe.
 */
final class FeedEvents {

    private record Row(DestinationPattern pattern, Event<DestinationEvent> event) {}

    private final List<Row> first;
    private final List<Row> last;
    private final Occupancy<String> destinations = new Occupancy<>();
    private final BiConsumer<Event<DestinationEvent>, DestinationEvent> fire;

    /** @param fire fires an event; must not throw */
    FeedEvents(
            LifeCycleDiscovery discovery,
            Event<Object> events,
            BiConsumer<Event<DestinationEvent>, DestinationEvent> fire) {
        this.first = rows(discovery.patterns(FirstSubscribed.class), events, FirstSubscribed.Literal::of);
        this.last = rows(discovery.patterns(LastUnsubscribed.class), events, LastUnsubscribed.Literal::of);
        this.fire = fire;
    }

    private static List<Row> rows(
            Set<DestinationPattern> patterns, Event<Object> events, Function<String, Annotation> qualifier) {
        return patterns.stream()
                .sorted()
                .map(pattern ->
                        new Row(pattern, events.select(DestinationEvent.class, qualifier.apply(pattern.text()))))
                .toList();
    }

    void subscribed(Subscriber subscriber) {
        if (isObserved(subscriber.destination())) {
            destinations.enter(
                    subscriber.destination(), nameOf(subscriber), () -> tell(first, subscriber.destination()));
        }
    }

    void unsubscribed(Subscriber subscriber) {
        if (isObserved(subscriber.destination())) {
            destinations.leave(
                    subscriber.destination(), nameOf(subscriber), () -> tell(last, subscriber.destination()));
        }
    }

    private static String nameOf(Subscriber subscriber) {
        return subscriber.peer().sessionId() + ' ' + subscriber.key();
    }

    private boolean isObserved(String destination) {
        if (first.isEmpty() && last.isEmpty()) {
            return false;
        }
        var wanted = DestinationPattern.ofSubscription(destination);
        return overlaps(first, wanted) || overlaps(last, wanted);
    }

    private static boolean overlaps(List<Row> rows, DestinationPattern wanted) {
        return rows.stream().anyMatch(row -> row.pattern().overlap(wanted).isPresent());
    }

    private void tell(List<Row> rows, String destination) {
        var wanted = DestinationPattern.ofSubscription(destination);
        for (Row row : rows) {
            row.pattern()
                    .overlap(wanted)
                    .ifPresent(variables -> fire.accept(row.event(), new DestinationEvent(destination, variables)));
        }
    }
}
