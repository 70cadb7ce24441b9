package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.testing.Awaited.done;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Sends numbered messages and asks for receipts, some of which are awaited at a time. One thread at a time. */
final class ConfirmedFlow {

    private static final int UNDER_WAY = 20;

    private record Sent(String body, CompletionStage<Void> outcome) {}

    /** Sends a body; completed by the RECEIPT. */
    private final Function<String, CompletionStage<Void>> sender;
    /** What may go wrong. */
    private final Class<?>[] failures;

    private final List<String> tried = new ArrayList<>();
    private final List<String> confirmed = new ArrayList<>();
    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
    private int sent;

    ConfirmedFlow(Function<String, CompletionStage<Void>> sender, Class<?>... failures) {
        this.sender = sender;
        this.failures = failures;
        tried.add("end");
    }

    void sendUpTo(int number) throws InterruptedException, TimeoutException {
        while (sent < number) {
            sendNext();
        }
        // The last ones stay under way.
    }

    void sendNext() throws InterruptedException, TimeoutException {
        begin(String.valueOf(sent++));
        if (underWay.size() > UNDER_WAY) {
            settleOne();
        }
    }

    private void begin(String body) {
        tried.add(body);
        underWay.add(new Sent(body, sender.apply(body)));
    }

    private boolean settleOne() throws InterruptedException, TimeoutException {
        Sent oldest = underWay.remove();
        try {
            done(oldest.outcome());
            confirmed.add(oldest.body());
            return true;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOfAny(failures);
            return false;
        }
    }

    /** Sends one and waits for all; returns whether the last one was confirmed. */
    boolean sendOne(String body) throws InterruptedException, TimeoutException {
        begin(body);
        boolean last = false;
        while (!underWay.isEmpty()) {
            last = settleOne();
        }
        return last;
    }

    /** What was sent, perhaps. */
    List<String> tried() {
        return tried;
    }

    List<String> confirmed() {
        return confirmed;
    }
}
