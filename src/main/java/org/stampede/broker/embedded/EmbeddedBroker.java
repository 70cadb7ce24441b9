package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.stampede.broker.Broker;
import org.stampede.broker.BrokerSession;
import org.stampede.broker.Destinations;
import org.stampede.broker.RefusedException;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.Outbox;

/**
 * The broker in memory. A destination under {@code /queue/} is a queue: each message goes to one consumer, and waits while
 * there is none. Every other destination is a topic: each message goes to all subscriptions whose pattern covers it, or to
 * nobody.
 *
 * <p>A message enters by {@link #publish} or by a session, becomes a {@link BrokerMessage}, and either is fanned out by
 * {@link Topics} from the thread that brought it, or enters a {@link Queue} and is given out as consumers have credit. Frames
 * go to the Outbox of a session under no lock.
 *
 * <p>Thread-safe; no method blocks.
 */
public final class EmbeddedBroker implements Broker {

    /** What a session that is not held gets for an answer. */
    static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final EmbeddedBrokerLimits limits;
    private final InstantSource clock;
    private final SlowSubscriptions slow;
    private final MessageIds ids;
    private final Topics topics;
    private final ReentrantLock queueLock = new ReentrantLock();
    private final Queues queues;
    private final Set<EmbeddedSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param limits how much is kept
     * @param clock  tells which messages have expired
     */
    public EmbeddedBroker(EmbeddedBrokerLimits limits, InstantSource clock) {
        this(limits, clock, SlowSubscriptions.DISCONNECTED);
    }

    /**
     * @param limits how much is kept
     * @param clock  tells which messages have expired
     * @param slow   what is done for subscriptions whose clients are too slow
     */
    public EmbeddedBroker(EmbeddedBrokerLimits limits, InstantSource clock, SlowSubscriptions slow) {
        this.limits = limits;
        this.clock = clock;
        this.slow = slow;
        this.ids = new MessageIds(Long.toString(clock.millis(), Character.MAX_RADIX));
        this.topics = new Topics(ids, clock);
        this.queues = new Queues(limits, clock, queueLock);
    }

    @Override
    public BrokerSession open(Peer peer, StompVersion version, Outbox outbox) {
        var session = new EmbeddedSession(this, new Recipient(peer, version, outbox, limits));
        sessions.add(session);
        if (closed) {
            session.close();
        }
        return session;
    }

    @Override
    public CompletionStage<Void> publish(Frame send) {
        try {
            refuseIfClosed();
            BrokerMessage message = read(send);
            if (isForQueue(message)) {
                queues.add(message);
            } else {
                topics.publish(message);
            }
            return CompletableFuture.completedStage(null);
        } catch (RefusedException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /**
     * Gives a message from elsewhere to the subscriptions to a route, with the headers that it has.
     *
     * @param route   a topic, or a private destination, to which those who want the message are subscribed
     * @param message a MESSAGE, of whatever destination
     * @throws RefusedException if it cannot be sent
     */
    public void forward(String route, Frame message) {
        topics.publish(route, read(message));
    }

    /** Forgets messages whose time has passed. */
    @Override
    public void tick() {
        queues.tick();
    }

    @Override
    public boolean isPrompt() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        queues.close();
        List.copyOf(sessions).forEach(EmbeddedSession::close);
    }

    // What follows is for sessions.

    MessageIds ids() {
        return ids;
    }

    Topics topics() {
        return topics;
    }

    Queues queues() {
        return queues;
    }

    /**
     * Reads a SEND.
     *
     * @throws RefusedException if it cannot be sent
     */
    BrokerMessage read(Frame send) {
        return BrokerMessage.of(send, clock);
    }

    /**
     * Takes a message of a client.
     *
     * @return completed when the client may bring more
     * @throws RefusedException if nothing was done
     */
    CompletionStage<Void> send(BrokerMessage message, SendWindow sender) {
        refuseIfClosed();
        if (isForQueue(message)) {
            return queues.add(message, sender);
        }
        topics.publish(message);
        return DONE;
    }

    /**
     * Puts an ACK or NACK into effect.
     *
     * @throws RefusedException if nothing was done
     */
    void settle(Settlement settlement) {
        refuseIfClosed();
        queues.settle(settlement);
    }

    /**
     * Puts a transaction into effect: the queues' part all or nothing, then what cannot fail.
     *
     * @return completed when the client may bring more
     * @throws RefusedException if nothing was done
     */
    CompletionStage<Void> commit(List<BrokerMessage> messages, List<Settlement> settlements, SendWindow sender) {
        refuseIfClosed();
        var queued = new ArrayList<BrokerMessage>(messages.size());
        var published = new ArrayList<BrokerMessage>(messages.size());
        for (BrokerMessage message : messages) {
            (isForQueue(message) ? queued : published).add(message);
        }
        CompletionStage<Void> taken = DONE;
        if (!queued.isEmpty() || !settlements.isEmpty()) {
            taken = queues.commit(queued, settlements, sender);
        }
        published.forEach(topics::publish);
        return taken;
    }

    private static boolean isForQueue(BrokerMessage message) {
        return Destinations.isQueue(message.destination());
    }

    private void refuseIfClosed() {
        if (closed) {
            throw RefusedException.forWantOfRoom("Broker closed", "The broker is closed and takes no more messages.");
        }
    }

    /**
     * Begins a subscription.
     *
     * @throws RefusedException if it cannot be
     */
    Subscription subscribe(Frame subscribe, Recipient recipient) {
        Request request = Request.of(subscribe, recipient, ids, limits);
        if (Destinations.isQueue(request.pattern().text())) {
            return queues.subscribe(request);
        }
        var subscription = new TopicSubscription(request, topics, clock, limits, slow, queueLock);
        topics.add(subscription);
        return subscription;
    }

    /** Ends a session. */
    void end(EmbeddedSession session, Recipient recipient, List<Subscription> subscriptions) {
        sessions.remove(session);
        subscriptions.forEach(Subscription::shut);
        queues.end(recipient.window());
        subscriptions.forEach(Subscription::cancel);
    }
}
