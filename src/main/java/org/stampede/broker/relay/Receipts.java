package org.stampede.broker.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stampede.broker.AwayException;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.transport.Answers;

/**
 * The RECEIPT frames that one connection waits for, and who is meant by an ERROR that does not say so (STOMP 1.2, section ERROR).
 * Thread-safe; stages complete outside the lock.
 */
final class Receipts {

    private static final String UNKNOWN = "The connection to the broker was lost before it confirmed the frame.";

    /** Longer than any connection. */
    private static final Duration EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Answers<Void> awaited;
    /** Of SUBSCRIBE and UNSUBSCRIBE, which take effect however late they are confirmed. */
    private final Answers<Void> patient = new Answers<>(EVER, Integer.MAX_VALUE, Receipts::late);

    /** How many of the first kind are open. */
    private final Load many;

    // Guarded by this.
    /** By their ids, in order. */
    private final Map<String, Open> open = new LinkedHashMap<>();
    /** Whether something was said that asked for no RECEIPT. */
    private boolean blurred;

    /**
     * What is not confirmed.
     *
     * @param isClear whether all before it asked for a RECEIPT
     */
    private record Open(boolean isSubscribe, boolean isClear) {}

    Receipts(RelaySettings settings) {
        many = new Load(Math.max(1, settings.outbox().frames() / 2), Long.MAX_VALUE);
        awaited = new Answers<>(settings.receiptTime(), settings.outbox().frames(), Receipts::late);
    }

    private static AwayException late(Duration time) {
        return AwayException.perhapsSent("The broker has not confirmed the frame within " + time.toMillis() + " ms.");
    }

    /** Awaits the RECEIPT of a frame that is about to be sent; empty if as many are awaited as may be. */
    Optional<CompletableFuture<Void>> await(Frame frame, String id, long now) {
        var outcome = awaited(frame.command(), id, now);
        outcome.ifPresent(receipt -> {
            open(id, frame.command() == Command.SUBSCRIBE);
            receipt.whenComplete((done, failure) -> close(id));
        });
        return outcome;
    }

    private Optional<CompletableFuture<Void>> awaited(Command command, String id, long now) {
        if (command == Command.SUBSCRIBE || command == Command.UNSUBSCRIBE) {
            return Optional.of(patient.await(id, now));
        }
        // Only what can be sent without end is bounded.
        var outcome = command == Command.SEND ? awaited.awaitIfRoom(id, now) : Optional.of(awaited.await(id, now));
        outcome.ifPresent(this::count);
        return outcome;
    }

    private void count(CompletableFuture<Void> receipt) {
        many.add(0);
        receipt.whenComplete((done, failure) -> many.remove(0));
    }

    /** Completed when there is room for many more, or the connection is over. */
    CompletionStage<Void> room() {
        return many.room();
    }

    private synchronized void open(String id, boolean isSubscribe) {
        open.put(id, new Open(isSubscribe, !blurred));
    }

    private synchronized void close(String id) {
        open.remove(id);
    }

    /** A frame is about to be sent that asks for no RECEIPT. */
    synchronized void none() {
        blurred = true;
    }

    void arrived(String id) {
        awaited.arrived(id, null);
        patient.arrived(id, null);
    }

    void fail(String id, Throwable failure) {
        awaited.fail(id, failure);
        patient.fail(id, failure);
    }

    synchronized boolean isAnyOpen() {
        return !open.isEmpty();
    }

    /**
     * Whose fault an ERROR is that names nobody. A broker takes one frame after the other, and confirms a SUBSCRIBE before it takes the
     * next one; what is sent it may confirm later.
     */
    synchronized Optional<String> suspect() {
        return open.entrySet().stream()
                .limit(1)
                .filter(first -> first.getValue().isClear() && (first.getValue().isSubscribe() || open.size() == 1))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Gives up what has waited too long. */
    void tick(long now) {
        awaited.tick(now);
    }

    /** The connection is over: nobody knows what became of the frames. */
    void end() {
        awaited.end(AwayException.perhapsSent(UNKNOWN));
        patient.end(AwayException.perhapsSent(UNKNOWN));
        many.end();
    }
}
