package org.stampede.broker.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * That a client shall bring no more for a while, since a queue has enough: what it brought is taken, and is confirmed when the hold
 * is over. Not thread-safe, but for its stage; guarded by the lock of the {@link Queues}.
 */
final class Hold {

    private final SendWindow sender;
    private final long since;
    /** What it brought, and so perhaps will bring next. */
    private final Load load = new Load();
    /** Of what there is enough. */
    private final List<Watermark> above = new ArrayList<>(1);

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** @param since the time in milliseconds */
    Hold(SendWindow sender, long since) {
        this.sender = sender;
        this.since = since;
    }

    SendWindow sender() {
        return sender;
    }

    /** Whether it has lasted so long; a clock that was set back does not make it last longer. */
    boolean hasLasted(long millis, long now) {
        return now - since >= millis || now < since;
    }

    Load load() {
        return load;
    }

    void add(Watermark mark) {
        if (!above.contains(mark)) {
            above.add(mark);
            mark.hold(this);
        }
    }

    /** There is no longer enough of one of those; returns whether it was the last. */
    boolean isOverWithout(Watermark mark) {
        above.remove(mark);
        return above.isEmpty();
    }

    /** It is over, however much there is of anything. */
    void leave() {
        above.forEach(mark -> mark.forget(this));
        above.clear();
    }

    /** Completed when it is over. */
    CompletionStage<Void> stage() {
        return over;
    }

    /** Lets the client go on; called under no lock. */
    void complete() {
        over.complete(null);
    }
}
