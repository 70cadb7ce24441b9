package org.stampede.dispatch;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.stampede.broker.RefusedException;

/** A message of the application on its way to the broker: it goes or is cancelled, once. Thread-safe. */
final class Departure {

    private final Supplier<CompletionStage<Void>> publish;
    private final CompletableFuture<Void> taken = new CompletableFuture<>();

    /** @param publish gives the message to the broker, and tells when it was taken */
    Departure(Supplier<CompletionStage<Void>> publish) {
        this.publish = publish;
    }

    /**
     * What became of it: completed when the broker has the message, exceptionally with an {@link IllegalStateException} if it was
     * refused, cancelled if it never went.
     */
    CompletableFuture<Void> taken() {
        return taken;
    }

    /** Gives the message to the broker; what goes wrong is told by {@link #taken}. */
    void go() {
        try {
            publish.get().whenComplete((nothing, failure) -> {
                if (failure == null) {
                    taken.complete(null);
                } else {
                    taken.completeExceptionally(named(failure));
                }
            });
        } catch (RuntimeException e) {
            taken.completeExceptionally(e);
        }
    }

    private static Throwable named(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RefusedException refused ? new IllegalStateException(refused.detail(), refused) : cause;
    }

    /** The transaction that it was sent in was rolled back. */
    void cancel() {
        taken.completeExceptionally(
                new CancellationException("The transaction was rolled back, so its messages are not sent."));
    }
}
