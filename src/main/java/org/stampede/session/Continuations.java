package org.stampede.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;

/**
 * What a session does when the broker or a handler has answered: at once if the answer is there, else in a later task of the
 * Inbox, and never after the end of the session. Confined to its session's Inbox.
 */
final class Continuations {

    /** What is told of a frame that failed later. */
    interface OnFailure {
        void failed(Throwable cause, Frame frame);
    }

    private final Executor inbox;
    private final OnFailure onFailure;
    /** How many answers are waited for, those aside that may never come. */
    private int open;

    private Runnable whenNoneIsOpen = () -> {};
    private boolean ended;

    Continuations(Executor inbox, OnFailure onFailure) {
        this.inbox = inbox;
        this.onFailure = onFailure;
    }

    /**
     * Goes on when a stage has completed.
     *
     * @param frame what is answered
     * @throws RuntimeException what the stage failed with, if it has already
     */
    <T> void then(CompletionStage<T> stage, Frame frame, Consumer<T> next) {
        var future = stage.toCompletableFuture();
        if (future.isDone()) {
            next.accept(result(future));
        } else {
            open += count(frame);
            future.whenComplete((result, failure) -> inbox.execute(() -> later(future, frame, next)));
        }
    }

    private <T> void later(CompletableFuture<T> future, Frame frame, Consumer<T> next) {
        if (ended) {
            return;
        }
        open -= count(frame);
        try {
            next.accept(result(future));
        } catch (RuntimeException | Error e) {
            onFailure.failed(e, frame);
        }
        if (open == 0 && !ended) {
            whenNoneIsOpen.run();
        }
    }

    /** A SUBSCRIBE is answered when the broker is back, and does not matter to who leaves; so it is not counted. */
    private static int count(Frame frame) {
        return frame.command() == Command.SUBSCRIBE ? 0 : 1;
    }

    private static <T> T result(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Does something last: when no answer is waited for any more but those to SUBSCRIBE. */
    void whenNoneIsOpen(Runnable last) {
        if (open == 0) {
            last.run();
        } else {
            whenNoneIsOpen = last;
        }
    }

    /** From now on answers are passed over. */
    void end() {
        ended = true;
    }
}
