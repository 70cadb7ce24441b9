package org.stampede.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.stampede.broker.Broker;
import org.stampede.broker.BrokerSession;
import org.stampede.destination.UserDestination;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.transport.Inbox;

/**
 * Knows where a SEND goes: to the handlers of its destination, else to the broker, which gets one to a user once for each of
 * his sessions, and one to the address of a reply at the place behind it. Confined to its session's Inbox.
 */
final class Router {

    private final MessageHandlers handlers;
    private final SessionRegistry registry;
    private final Supplier<Peer> sender;
    private final Consumer<CompletionStage<?>> hold;
    private final BrokerSession broker;
    /** Tells other nodes of messages for sessions that may be there. */
    private final Broker nodes;

    private final Inbox inbox;

    private final ReplyQueues replyQueues;

    /**
     * @param hold given what is to be waited for before more is heard of the client
     */
    Router(
            SessionContext context,
            ConnectedSession self,
            Supplier<Peer> sender,
            Consumer<CompletionStage<?>> hold,
            BrokerSession broker,
            Inbox inbox) {
        this.handlers = context.handlers();
        this.registry = context.registry();
        this.sender = sender;
        this.hold = hold;
        this.broker = broker;
        this.nodes = context.broker();
        this.inbox = inbox;
        this.replyQueues = new ReplyQueues(self, broker, registry.replyAddresses(), context.settings());
    }

    boolean isHandled(Frame send) {
        return handlers.handles(Requests.required(send, "destination"));
    }

    /** Hands frames to their handlers, in order; tells whether all of these did their work. */
    CompletionStage<Boolean> handle(List<Frame> sends) {
        CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
        for (Frame send : sends) {
            all = all.thenCombine(replyQueues.openFor(send), (handled, opened) -> handled)
                    .thenCombine(handlers.handle(send, sender.get()), Boolean::logicalAnd);
        }
        return all;
    }

    /** Gives frames to the broker, all or none of them; a client that is faster than the broker is slowed down. */
    CompletionStage<Void> publish(List<Frame> frames) {
        CompletionStage<Void> opened = CompletableFuture.completedStage(null);
        var brokered = new ArrayList<Frame>(frames.size());
        var announced = new ArrayList<Frame>();
        for (Frame frame : frames) {
            if (frame.command() == Command.SEND) {
                Frame addressed = replyQueues.addressed(frame);
                brokered.addAll(brokered(addressed));
                if (isPerhapsElsewhere(addressed)) {
                    announced.add(addressed);
                }
                opened = opened.thenCombine(replyQueues.openFor(frame), (before, now) -> now);
            } else {
                brokered.add(frame);
            }
        }
        var taken = brokered.size() == 1 ? broker.accept(brokered.get(0)) : broker.commit(brokered);
        hold.accept(broker.room());
        return opened.thenCombine(taken, (queues, done) -> {
            announce(announced);
            return done;
        });
    }

    private void announce(List<Frame> sends) {
        sends.forEach(nodes::announce);
        if (!sends.isEmpty()) {
            inbox.hold(nodes.roomForAnnouncements());
        }
    }

    /** The frames by which a SEND reaches its destination: itself, or for a user one for each session. */
    private List<Frame> brokered(Frame send) {
        String destination = Requests.required(send, "destination");
        if (UserDestination.isReplyQueue(destination)) {
            // As a message to a user who is not there, one that comes too late goes nowhere.
            return registry.replyAddresses().find(destination).stream()
                    .map(place -> to(place, send))
                    .toList();
        }
        if (!UserDestination.isUserDestination(destination)) {
            return List.of(send);
        }
        var target = UserDestination.parse(destination)
                .orElseThrow(() -> new ProtocolException(
                        "Malformed destination",
                        "A message to a user is sent to /user/NAME/ and a place, such as /user/ann/queue/news."));
        return registry.ofUser(target.user()).stream()
                .map(session -> to(session.privateDestination(target.destination()), send))
                .toList();
    }

    /** Whether sessions of other nodes may be meant: a user may be on several, the place behind an address is on one. */
    private boolean isPerhapsElsewhere(Frame send) {
        String destination = Requests.required(send, "destination");
        return UserDestination.isReplyQueue(destination)
                ? registry.replyAddresses().find(destination).isEmpty()
                : UserDestination.isUserDestination(destination);
    }

    private static Frame to(String destination, Frame send) {
        return send.with(send.headers().with("destination", destination));
    }

    /** Ends the subscription to a temporary queue; empty if there is none of this id. */
    Optional<CompletionStage<Void>> unsubscribe(String id) {
        return replyQueues.close(id);
    }

    /** The session has ended. */
    void end() {
        replyQueues.end();
    }
}
