package org.stampede.dispatch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stage that a handler returned: its value is sent, or given up before it comes; never both. Thread-safe. */
final class PendingResult {

    private static final Logger LOG = System.getLogger(PendingResult.class.getName());

    /** Sends the value; empty when it has come or was given up, so that a stage without end keeps no message alive. */
    private final AtomicReference<Optional<Consumer<Object>>> sender;

    private final CompletableFuture<Void> sent = new CompletableFuture<>();

    private PendingResult(Consumer<Object> sender) {
        this.sender = new AtomicReference<>(Optional.of(sender));
    }

    /** @param sender sends the value; null and empty ones are never given to it */
    static PendingResult of(CompletionStage<?> stage, Consumer<Object> sender) {
        var result = new PendingResult(sender);
        stage.whenComplete(result::come);
        return result;
    }

    private void come(@Nullable Object value, @Nullable Throwable failure) {
        var open = sender.getAndSet(Optional.empty());
        if (open.isEmpty()) {
            LOG.log(Level.DEBUG, "The result of a handler came after its time limit, and is dropped.", failure);
            return;
        }
        if (failure != null) {
            sent.completeExceptionally(failure);
            return;
        }
        try {
            send(value, open.get());
            sent.complete(null);
        } catch (RuntimeException | Error e) {
            sent.completeExceptionally(e);
        }
    }

    /** Sends a value, if it is one. */
    static void send(@Nullable Object value, Consumer<Object> sender) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(sender);
        } else if (value != null) {
            sender.accept(value);
        }
    }

    /** Completed when the value has come and was sent; never, if it was given up. */
    CompletableFuture<Void> sent() {
        return sent;
    }

    /** From now on the value is dropped when it comes; returns whether it had not come yet. */
    boolean giveUp() {
        return sender.getAndSet(Optional.empty()).isPresent();
    }
}
