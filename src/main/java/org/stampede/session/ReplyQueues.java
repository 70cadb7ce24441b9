package org.stampede.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
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
 * Where a session wants its replies. Each {@code /temp-queue/x} that a message names in {@code reply-to} is subscribed to on the
 * client's behalf, under its name as id, until UNSUBSCRIBE or the end of the session. Messages for other clients carry an address
 * in its stead, to which these can send (both as RabbitMQ does). Confined to its session's Inbox.
 */
final class ReplyQueues {

    private static final String REPLY_TO = "reply-to";

    private final ConnectedSession self;
    private final BrokerSession broker;
    private final ReplyAddresses addresses;
    private final int most;
    private final Set<String> open = new HashSet<>();
    /** Place within the session to address, of those that other clients were told of. */
    private final Map<String, String> addressOf = new HashMap<>();

    ReplyQueues(ConnectedSession self, BrokerSession broker, ReplyAddresses addresses, SessionSettings settings) {
        this.self = self;
        this.broker = broker;
        this.addresses = addresses;
        this.most = settings.subscriptions();
    }

    /** Opens the queue that a message wants its reply in, unless it is open. */
    CompletionStage<Void> openFor(Frame send) {
        var wanted = send.header(REPLY_TO)
                .filter(UserDestination::isTemporary)
                .filter(name -> UserDestination.replyPlace(name).isPresent())
                .filter(name -> !open.contains(name));
        return wanted.isPresent() ? open(wanted.get()) : CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> open(String name) {
        checkRoom(open.size(), "temporary queues of a session", "queues");
        open.add(name);
        var headers = Headers.of("id", name, "destination", self.privateDestination(name));
        var accepted = broker.accept(Frame.of(Command.SUBSCRIBE, headers));
        broker.start(name);
        return accepted;
    }

    private void checkRoom(int count, String what, String unit) {
        if (count >= most) {
            throw new LimitExceededException(what, most, unit, "stampede.limit.subscriptions");
        }
    }

    /** The message as other clients may see it: with an address in {@code reply-to}, where that is a place of this session. */
    Frame addressed(Frame send) {
        var own = send.header(REPLY_TO)
                .filter(replyTo -> UserDestination.isTemporary(replyTo) || UserDestination.isUserDestination(replyTo));
        if (own.isEmpty()) {
            return send;
        }
        String place = UserDestination.replyPlace(own.get())
                .orElseThrow(() -> new ProtocolException(
                        "Malformed reply-to",
                        "The header reply-to must name a single place, such as /temp-queue/replies or"
                                + " /user/queue/replies."));
        return send.with(send.headers().with(REPLY_TO, address(place)));
    }

    private String address(String place) {
        String known = addressOf.get(place);
        if (known != null) {
            return known;
        }
        checkRoom(addressOf.size(), "places of a session that others may reply to", "places");
        String address = addresses.add(self.privateDestination(place));
        addressOf.put(place, address);
        return address;
    }

    /** Ends the subscription to a temporary queue, and with it its address; empty if it is not open. */
    Optional<CompletionStage<Void>> close(String name) {
        if (!open.remove(name)) {
            return Optional.empty();
        }
        Optional.ofNullable(addressOf.remove(name)).ifPresent(addresses::remove);
        return Optional.of(broker.accept(Frame.of(Command.UNSUBSCRIBE, "id", name)));
    }

    /** Forgets all addresses: nobody can reply any more. */
    void end() {
        addressOf.values().forEach(addresses::remove);
        addressOf.clear();
    }
}
