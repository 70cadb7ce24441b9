package org.stampede.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What tests wait for, at most 20 seconds. Stateless. */
public final class Awaited {

    private static final int PATIENCE = 20;

    private Awaited() {}

    /** The result of a stage. */
    public static <T> T done(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(PATIENCE, SECONDS);
    }

    /** The next element of a queue. */
    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE, SECONDS);
        assertThat(next).as("what comes next").isNotNull();
        return next;
    }
}
