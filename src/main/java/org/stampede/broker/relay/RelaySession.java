package org.stampede.broker.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.stampede.broker.AwayException;
import org.stampede.broker.BrokerSession;
import org.stampede.broker.RefusedException;
import org.stampede.broker.embedded.Line;
import org.stampede.destination.DestinationPattern;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompException;
import org.stampede.stomp.StompVersion;
import org.stampede.tcp.TcpAddress;
import org.stampede.transport.Outbox;

/**
 * One client of the {@link RelayBroker}. Each of its subscriptions is one of the broker in memory, too: to the client's destination if
 * that is private, else to a route, by which comes what other sessions of this node get as well, and what the application has for
 * this subscription only. Thread-safe.
 */
final class RelaySession implements BrokerSession, Link.Owner {

    private final RelayBroker broker;
    private final Translator translator;
    private final BrokerSession local;
    private final StompVersion version;
    private final Outbox outbox;
    private final Link link;
    private final Flow flow;
    /** Completed exceptionally when the broker will do no more for this session. */
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    /** What is said of subscriptions. */
    private final Orders orders = new Orders();
    /** By the client's ids. */
    private final Map<String, Membership> shared = new ConcurrentHashMap<>();
    /** By the client's ids. */
    private final Map<String, OwnSubscription> own = new ConcurrentHashMap<>();
    /** By the ids that the broker knows. */
    private final Map<String, OwnSubscription> ownById = new ConcurrentHashMap<>();

    // Guarded by this.
    private @Nullable Upstream upstream;
    /** The number of the newest connection; messages of an older one cannot be acknowledged any more. */
    private long connection;
    /** Of that connection. */
    private Unacknowledged unacknowledged;

    private boolean closed;

    /** A subscription that others share. */
    private record Membership(SharedTopic topic, CompletableFuture<Void> accepted) {}

    RelaySession(
            RelayBroker broker, RelaySettings.Login login, BrokerSession local, StompVersion version, Outbox outbox) {
        this.broker = broker;
        this.translator = broker.translator();
        this.local = local;
        this.version = version;
        this.outbox = outbox;
        this.link = broker.link(login, this);
        this.unacknowledged = new Unacknowledged(broker.limits().unacknowledged());
        this.flow =
                new Flow(broker.limits().unwrittenMessages(), broker.limits().unwrittenOctets());
    }

    @Override
    public CompletionStage<Void> accept(Frame frame) {
        if (isClosed()) {
            return done();
        }
        try {
            return switch (frame.command()) {
                case SEND -> send(frame);
                case SUBSCRIBE -> subscribe(frame);
                case UNSUBSCRIBE -> unsubscribe(frame);
                case ACK, NACK -> isOfBroker(frame) ? acknowledge(frame) : local.accept(frame);
                case CONNECT, STOMP, BEGIN, COMMIT, ABORT, DISCONNECT, CONNECTED, MESSAGE, RECEIPT, ERROR ->
                    throw new IllegalArgumentException(frame.command() + " is not for brokers.");
            };
        } catch (RefusedException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static boolean isRelayed(Frame frame) {
        return Dialect.isRelayed(frame.header("destination").orElse(""));
    }

    /** Whether an ACK or NACK names a message of the broker, or a SEND is for it. */
    private static boolean isOfBroker(Frame frame) {
        return frame.command() == Command.SEND
                ? isRelayed(frame)
                : Translator.isAckId(frame.header("id").orElse(""));
    }

    private CompletionStage<Void> send(Frame frame) {
        if (!isRelayed(frame)) {
            return local.accept(frame);
        }
        Frame translated = translator.send(frame);
        link.open();
        return link.send(translated.weight(), on -> on.send(translated));
    }

    private CompletionStage<Void> subscribe(Frame frame) {
        if (!isRelayed(frame)) {
            return local.accept(frame);
        }
        return Translator.isForOneOnly(frame) ? subscribeAlone(frame) : share(frame);
    }

    private CompletionStage<Void> share(Frame frame) {
        DestinationPattern pattern = translator.pattern(frame);
        String key = frame.header("id").orElse("");
        SharedTopic topic = broker.topics().join(pattern, this);
        var accepted = new CompletableFuture<Void>();
        shared.put(key, new Membership(topic, accepted));
        subscribeLocally(key, topic.route(), AckMode.AUTO);
        Link.pass(topic.ready(), accepted);
        if (isClosed()) {
            leave(key);
        }
        return accepted;
    }

    private void subscribeLocally(String key, String route, AckMode ackMode) {
        local.accept(Frame.of(Command.SUBSCRIBE, "id", key, "destination", route, "ack", ackMode.value()));
    }

    private CompletionStage<Void> subscribeAlone(Frame frame) {
        String id = "s" + broker.nextNumber();
        OwnSubscription subscription = translator.subscription(frame, id);
        subscribeLocally(subscription.key(), broker.nextRoute(), subscription.ackMode());
        synchronized (this) {
            own.put(subscription.key(), subscription);
            ownById.put(id, subscription);
            orders.add(upstream, on -> subscribe(subscription, on));
        }
        link.open();
        orders.say();
        return subscription.ready();
    }

    private void subscribe(OwnSubscription subscription, Upstream on) {
        on.ask(subscription.subscribe()).whenComplete((done, failed) -> {
            if (failed == null) {
                subscription.ready().complete(null);
            } else if (causeOf(failed) instanceof RefusedException refusal
                    && !subscription.ready().completeExceptionally(refusal)) {
                fail(refusal);
            }
        });
    }

    private static Throwable causeOf(Throwable failed) {
        return failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
    }

    private CompletionStage<Void> unsubscribe(Frame frame) {
        String key = frame.header("id").orElse("");
        leave(key);
        // At once: the id may be that of another subscription soon.
        CompletionStage<Void> endedHere = local.accept(frame);
        OwnSubscription subscription = own.get(key);
        if (subscription == null) {
            return endedHere;
        }
        return end(subscription).thenCompose(done -> endedHere);
    }

    private CompletionStage<Void> end(OwnSubscription subscription) {
        var ended = new CompletableFuture<Void>();
        boolean away;
        synchronized (this) {
            own.remove(subscription.key());
            away = upstream == null;
            orders.add(upstream, on -> Link.pass(on.ask(subscription.unsubscribe()), ended));
        }
        orders.say();
        if (away) {
            ended.complete(null);
        }
        // Messages that are on their way are still delivered, begun or not: those of the mode auto would be lost.
        open(subscription);
        return ended.exceptionally(RelaySession::refusalsOnly).thenRun(() -> forget(subscription));
    }

    /** A subscription that has gone with its connection has ended, too. */
    private static @Nullable Void refusalsOnly(Throwable failed) {
        if (causeOf(failed) instanceof RefusedException refusal) {
            throw refusal;
        }
        return null;
    }

    private void forget(OwnSubscription subscription) {
        ownById.remove(subscription.id());
        Upstream on;
        Unacknowledged of;
        synchronized (this) {
            on = upstream;
            of = unacknowledged;
        }
        acknowledge(on, of.ended(subscription));
        subscription.held().end().forEach(message -> flow.ended(message.weight()));
        subscription.ready().complete(null);
    }

    private void leave(String key) {
        Membership membership = shared.remove(key);
        if (membership != null) {
            broker.topics().leave(membership.topic(), this);
            membership.accepted().complete(null);
        }
    }

    private CompletionStage<Void> acknowledge(Frame frame) {
        Upstream on;
        Unacknowledged of;
        Optional<Frame> translated;
        synchronized (this) {
            on = upstream;
            of = unacknowledged;
            translated = Translator.acknowledgement(frame, connection);
        }
        if (on != null && translated.isPresent()) {
            var said = on.send(translated.get());
            settled(on, of, translated.get());
            return said;
        }
        // The broker delivers it again; who does not ask need not know.
        return frame.headers().contains("receipt") ? CompletableFuture.failedStage(givenBack()) : done();
    }

    private synchronized Unacknowledged unacknowledged() {
        return unacknowledged;
    }

    /** An ACK or NACK of the client was said. */
    private static void settled(Upstream on, Unacknowledged of, Frame said) {
        String id = said.header("id").orElse("");
        acknowledge(on, of.settled(id, said.command() == Command.ACK));
    }

    /** Acknowledges what no client gets to see. */
    private static void acknowledge(@Nullable Upstream on, List<String> ids) {
        if (on != null) {
            ids.forEach(id -> on.tell(Frame.of(Command.ACK, "id", id)));
        }
    }

    private static AwayException givenBack() {
        return AwayException.notSent("The connection to the broker was lost after the message had been delivered;"
                + " the broker delivers it again.");
    }

    @Override
    public CompletionStage<Void> commit(List<Frame> frames) {
        if (isClosed()) {
            return done();
        }
        var here = new ArrayList<Frame>();
        var there = new ArrayList<Frame>();
        try {
            for (Frame frame : frames) {
                boolean relayed = isOfBroker(frame);
                boolean send = frame.command() == Command.SEND;
                (relayed ? there : here).add(relayed && send ? translator.send(frame) : frame);
            }
        } catch (RefusedException e) {
            return CompletableFuture.failedStage(e);
        }
        if (there.isEmpty()) {
            return local.commit(here);
        }
        link.open();
        int weight = there.stream().mapToInt(Frame::weight).sum();
        var committed = link.send(weight, on -> commit(on, there));
        // What is private cannot be refused any more, but for headers of expiry that are malformed.
        return here.isEmpty() ? committed : committed.thenCompose(done -> local.commit(here));
    }

    private CompletionStage<Void> commit(Upstream on, List<Frame> frames) {
        var translated = new ArrayList<Frame>(frames.size());
        for (Frame frame : frames) {
            Optional<Frame> one;
            synchronized (this) {
                boolean send = frame.command() == Command.SEND;
                one = send ? Optional.of(frame) : Translator.acknowledgement(frame, on == upstream ? connection : -1);
            }
            if (one.isEmpty()) {
                return CompletableFuture.failedStage(givenBack());
            }
            translated.add(one.get());
        }
        Unacknowledged of = unacknowledged();
        var acks = translated.stream()
                .filter(frame -> frame.command() != Command.SEND)
                .toList();
        if (translator.dialect().hasTransactionalAcks()) {
            var committed = on.commit(translated);
            acks.forEach(ack -> settled(on, of, ack));
            return committed;
        }
        var sends = translated.stream()
                .filter(frame -> frame.command() == Command.SEND)
                .toList();
        var committed = sends.isEmpty() ? done() : on.commit(sends);
        return committed.thenRun(() -> acks.forEach(ack -> {
            on.tell(ack);
            settled(on, of, ack);
        }));
    }

    @Override
    public void start(String subscriptionId) {
        OwnSubscription subscription = own.get(subscriptionId);
        if (subscription != null) {
            open(subscription);
        }
        local.start(subscriptionId);
    }

    private void open(OwnSubscription subscription) {
        subscription.held().dissolve();
        subscription.held().drain(this::deliver);
    }

    @Override
    public void deliver(String subscriptionId, Frame send) {
        local.deliver(subscriptionId, send);
    }

    @Override
    public void deliverSnapshot(String subscriptionId, Frame send) {
        local.deliverSnapshot(subscriptionId, send);
    }

    @Override
    public CompletionStage<Void> room() {
        return link.room();
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure.minimalCompletionStage();
    }

    /** The broker will do no more for this session. */
    void fail(RefusedException cause) {
        failure.completeExceptionally(cause);
    }

    @Override
    public void up(Upstream fresh, TcpAddress address) {
        synchronized (this) {
            upstream = fresh;
            connection = broker.nextNumber();
            unacknowledged = new Unacknowledged(broker.limits().unacknowledged());
            own.values().forEach(subscription -> orders.add(fresh, on -> subscribe(subscription, on)));
        }
        flow.on(fresh);
        orders.say();
    }

    @Override
    public void message(Frame message) {
        OwnSubscription subscription =
                ownById.get(message.header("subscription").orElse(""));
        if (subscription == null) {
            return;
        }
        String destination = translator
                .dialect()
                .ours(subscription.isQueue(), message.header("destination").orElse(""));
        Upstream on;
        Unacknowledged of;
        long number;
        synchronized (this) {
            on = upstream;
            of = unacknowledged;
            number = connection;
        }
        Optional<String> brokersId = subscription.ackMode() == AckMode.AUTO
                ? Optional.empty()
                : message.header("ack").or(() -> message.header("message-id"));
        if (subscription.covers(destination)) {
            brokersId.ifPresent(id -> of.delivered(subscription, id));
            Optional<String> ackId = brokersId.map(id -> Translator.ackId(id, number));
            take(subscription, subscription.translate(message, destination, ackId, version));
        } else {
            brokersId.ifPresent(id -> acknowledge(on, of.passedOver(subscription, id)));
        }
    }

    private void take(OwnSubscription subscription, Frame message) {
        flow.began(message.weight());
        var place = subscription.held().add(message);
        if (place == Line.Place.TAKEN) {
            subscription.held().drain(this::deliver);
        } else if (place == Line.Place.DISSOLVED) {
            deliver(message);
        } else {
            flow.ended(message.weight());
        }
    }

    private void deliver(Frame message) {
        int weight = message.weight();
        if (!outbox.offer(message, () -> flow.ended(weight))) {
            flow.ended(weight);
        }
    }

    @Override
    public void down(StompException cause, TcpAddress address) {
        synchronized (this) {
            upstream = null;
        }
        flow.on(null);
        // What was not delivered the broker delivers again, but for the mode auto: there it counts as delivered.
        own.values().stream()
                .filter(subscription -> subscription.ackMode() != AckMode.AUTO)
                .forEach(subscription -> subscription.held().forget(message -> {
                    flow.ended(message.weight());
                    return true;
                }));
        if (cause instanceof RefusedException refusal) {
            fail(refusal);
        }
    }

    void tick() {
        link.tick();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<Void> close() {
        synchronized (this) {
            closed = true;
            upstream = null;
        }
        List.copyOf(shared.keySet()).forEach(this::leave);
        flow.on(null);
        // After a DISCONNECT a broker may take its time to give back what was not acknowledged.
        var gone = link.close(
                own.values().stream().map(OwnSubscription::unsubscribe).toList());
        own.values().forEach(this::forget);
        own.clear();
        local.close();
        // Until then it is given the time.
        gone.thenRun(() -> broker.ended(this));
        return gone;
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }
}
