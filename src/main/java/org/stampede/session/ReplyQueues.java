package org.stampede.session;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stampede.broker.BrokerSession;
import org.stampede.destination.UserDestination;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.LimitExceededException;

/**
 * The temporary queues of a session: each {@code /temp-queue/x} that a message names in {@code reply-to} is subscribed to on the
 * client's behalf, under its name as id, until the end of the session (as RabbitMQ does). Confined to its session's Inbox.
 */
final class ReplyQueues {

    private final ConnectedSession self;
    private final BrokerSession broker;
    private final int most;
    private final Set<String> open = new HashSet<>();

    ReplyQueues(ConnectedSession self, BrokerSession broker, SessionSettings settings) {
        this.self = self;
        this.broker = broker;
        this.most = settings.subscriptions();
    }

    /** Opens the queue that a message wants its reply in, unless it is open. */
    CompletionStage<Void> openFor(Frame send) {
        var wanted = send.header("reply-to")
                .filter(UserDestination::isTemporary)
                .filter(name -> UserDestination.replyPlace(name).isPresent())
                .filter(name -> !open.contains(name));
        return wanted.isPresent() ? open(wanted.get()) : CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> open(String name) {
        if (open.size() >= most) {
            throw new LimitExceededException(
                    "temporary queues of a session", most, "queues", "stampede.limit.subscriptions");
        }
        open.add(name);
        var headers = Headers.of("id", name, "destination", self.privateDestination(name));
        var accepted = broker.accept(Frame.of(Command.SUBSCRIBE, headers));
        broker.start(name);
        return accepted;
    }
}
