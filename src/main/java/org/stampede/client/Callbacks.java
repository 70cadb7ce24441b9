package org.stampede.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where the application's code runs, so that it never holds a thread of the network or the timer. Thread-safe. */
final class Callbacks implements Executor {

    private final Executor executor;

    Callbacks(Executor executor) {
        this.executor = executor;
    }

    /** Runs the task on the executor, or here if that is shut down: stages must complete whatever happens. */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** A stage for the application: whatever depends on it runs on the executor. */
    <T> CompletionStage<T> stage(CompletableFuture<T> future) {
        return stage(future, value -> value);
    }

    /** A stage for the application, whose value is made on the executor; what is thrown there is its failure. */
    <T, R> CompletionStage<R> stage(CompletableFuture<T> future, Function<? super T, ? extends R> making) {
        var stage = new CompletableFuture<R>();
        future.whenComplete((value, failure) -> execute(() -> {
            if (failure == null) {
                complete(stage, () -> making.apply(value));
            } else {
                stage.completeExceptionally(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        }));
        return stage;
    }

    private static <R> void complete(CompletableFuture<R> stage, Supplier<? extends R> value) {
        try {
            stage.complete(value.get());
        } catch (RuntimeException | Error e) {
            stage.completeExceptionally(e);
        }
    }
}
