package org.stampede.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.stampede.broker.BrokerSession;
import org.stampede.destination.UserDestination;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;

/**
 * Knows where a SEND goes: to the handlers of its destination, else to the broker, which gets one to a user once for each of
 * his sessions. Confined to its session's Inbox.
 */
final class Router {

    private final MessageHandlers handlers;
    private final SessionRegistry registry;
    private final Supplier<Peer> sender;
    private final BrokerSession broker;
    private final ReplyQueues replyQueues;

    Router(SessionContext context, ConnectedSession self, Supplier<Peer> sender, BrokerSession broker) {
        this.handlers = context.handlers();
        this.registry = context.registry();
        this.sender = sender;
        this.broker = broker;
        this.replyQueues = new ReplyQueues(self, broker, context.settings());
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

    /** Gives a frame to the broker. */
    CompletionStage<Void> publish(Frame send) {
        List<Frame> frames = brokered(send);
        return frames.size() == 1 ? broker.accept(frames.get(0)) : broker.commit(frames);
    }

    /** The frames by which a SEND reaches its destination: itself, or for a user one for each session. */
    List<Frame> brokered(Frame send) {
        String destination = Requests.required(send, "destination");
        if (!UserDestination.isUserDestination(destination)) {
            return List.of(send);
        }
        var target = UserDestination.parse(destination)
                .orElseThrow(() -> new ProtocolException(
                        "Malformed destination",
                        "A message to a user is sent to /user/NAME/ and a place, such as /user/ann/queue/news."));
        return registry.ofUser(target.user()).stream()
                .map(session ->
                        send.with(send.headers().with("destination", session.privateDestination(target.destination()))))
                .toList();
    }
}
