package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.stampede.messaging.Destination;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Message;
import org.stampede.messaging.SendTo;
import org.stampede.testing.ManualClock;
import org.stampede.testing.ManualExecutor;
import org.stampede.transport.CloseReason;

/** A handler's stage has its time, and nobody waits longer for it. */
class HandlerTimeTest {

    private static final Duration LIMIT = TestApplication.HANDLER_TIME;
    private static final Duration MOMENT = Duration.ofMillis(1);

    @ApplicationScoped
    static class Slow {
        CompletableFuture<String> result = new CompletableFuture<>();
        CompletableFuture<String> other = new CompletableFuture<>();

        @SendTo("/topic/done")
        CompletionStage<String> slow(@Observes @Destination("/app/slow") String text) {
            return result;
        }

        CompletionStage<String> first(@Observes @Destination("/app/two") String text) {
            return result;
        }

        CompletionStage<String> second(@Observes @Destination("/app/two") String text) {
            return other;
        }

        void fast(@Observes @Destination("/app/fast") String text, Message message) {
            message.reply("/queue/errors", text);
        }

        CompletableFuture<String> fresh() {
            result = new CompletableFuture<>();
            return result;
        }
    }

    @ApplicationScoped
    static class Translator {
        void late(@Observes HandlerFailure failure, Message message) {
            if (failure.cause().orElse(null) instanceof TimeoutException
                    && message.text().equals("fr")) {
                failure.replaceWith(failure.problem().as("urn:shop:late", "Trop tard.", 504, "Trop tard."));
            }
        }
    }

    @Test
    void theSenderIsToldByAProblemAndGetsNoReceipt() throws Exception {
        try (var app = TestApplication.of(Slow.class);
                var log = new RecordedLog(ProblemReports.class)) {
            var client = app.connect().send("/app/slow", "");
            app.advance(LIMIT);
            assertThat(client.wire).isExhausted();
            app.advance(MOMENT);
            assertThat(client.wire)
                    .sent(MESSAGE, "destination:/user/queue/errors", "content-type:application/problem+json")
                    .withBody("{\"type\":\"urn:stampede:problem:handler-timeout\","
                            + "\"title\":\"The message was not handled in time.\",\"status\":504,"
                            + "\"detail\":\"The handler had no result within 30000 ms.\","
                            + "\"destination\":\"/app/slow\",\"receipt-id\":\"1\",\"violations\":[]}")
                    .isExhausted()
                    .isOpen();
            assertThat(app.failures()).hasSize(1);
            assertThat(app.failures().get(0).cause().orElseThrow()).isInstanceOf(TimeoutException.class);
            assertThat(log.records()).extracting(entry -> entry.getLevel()).containsExactly(Level.WARNING);
            assertThat(app.waiting()).isZero();
            app.advance(LIMIT.plus(MOMENT));
            assertThat(client.wire).isExhausted();
        }
    }

    @Test
    void aResultThatComesTooLateIsDropped() throws Exception {
        try (var app = TestApplication.of(Slow.class);
                var log = new RecordedLog(PendingResult.class)) {
            log.listenTo(Level.FINE);
            var result = app.bean(Slow.class).fresh();
            var all = app.connect().say("SUBSCRIBE\nid:0\ndestination:/topic/done\n\n^@");
            var client = app.connect().send("/app/slow", "");
            app.advance(LIMIT.plus(MOMENT));
            client.wire.skipAll();
            result.complete("late");
            assertThat(client.wire).isExhausted();
            assertThat(all.wire).isExhausted();
            assertThat(log.records()).extracting(entry -> entry.getLevel()).containsExactly(Level.FINE);
        }
    }

    @Test
    void aResultInTimeIsNoLongerWatched() throws Exception {
        try (var app = TestApplication.of(Slow.class)) {
            var result = app.bean(Slow.class).fresh();
            var client = app.connect().send("/app/slow", "");
            assertThat(app.waiting()).isOne();
            app.advance(LIMIT);
            result.complete("in time");
            assertThat(app.waiting()).isZero();
            assertThat(client.wire).sent(RECEIPT, "receipt-id:1").isExhausted();
            app.advance(MOMENT);
            assertThat(client.wire).isExhausted();
        }
    }

    @Test
    void disconnectDoesNotWaitForEver() throws Exception {
        try (var app = TestApplication.of(Slow.class)) {
            var client = app.connect().send("/app/slow", "").say("DISCONNECT\nreceipt:bye\n\n^@");
            assertThat(client.wire).isExhausted().isOpen();
            app.advance(LIMIT.plus(MOMENT));
            assertThat(client.wire)
                    .sent(MESSAGE)
                    .withBodyContaining("\"status\":504")
                    .sent(RECEIPT, "receipt-id:bye")
                    .isExhausted()
                    .closed(CloseReason.NORMAL);
        }
    }

    @Test
    void aTransactionOfWhichAMessageIsLateGetsNoReceipt() throws Exception {
        try (var app = TestApplication.of(Slow.class)) {
            var client = app.connect().say("BEGIN\ntransaction:t\n\n^@");
            client.say("SEND\ndestination:/app/slow\ntransaction:t\n\n^@");
            client.say("SEND\ndestination:/app/fast\ntransaction:t\n\nfast^@");
            client.say("COMMIT\ntransaction:t\nreceipt:c\n\n^@");
            assertThat(client.wire).sent(MESSAGE).withBody("fast").isExhausted();
            app.advance(LIMIT.plus(MOMENT));
            assertThat(client.wire)
                    .sent(MESSAGE)
                    .withBodyContaining("\"status\":504")
                    .isExhausted();
        }
    }

    @Test
    void observersOfFailuresMaySayItBetter() throws Exception {
        try (var app = TestApplication.of(Slow.class, Translator.class);
                var log = new RecordedLog(ProblemReports.class)) {
            var client = app.connect().send("/app/slow", "fr");
            app.advance(LIMIT.plus(MOMENT));
            assertThat(client.wire)
                    .sent(MESSAGE)
                    .withBodyContaining("Trop tard.")
                    .isExhausted();
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void theFailureOfOneHandlerIsToldRatherThanTheTimeOfAnother() throws Exception {
        try (var app = TestApplication.of(Slow.class);
                var log = new RecordedLog(ProblemReports.class)) {
            var result = app.bean(Slow.class).fresh();
            var client = app.connect().send("/app/two", "");
            result.completeExceptionally(new IllegalStateException("first"));
            assertThat(client.wire).isExhausted();
            app.advance(LIMIT.plus(MOMENT));
            assertThat(client.wire)
                    .sent(MESSAGE)
                    .withBodyContaining("\"status\":500")
                    .isExhausted();
            assertThat(app.failures().get(0).cause().orElseThrow()).hasMessage("first");
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void aSessionThatHasEndedLeavesNothingBehind() throws Exception {
        try (var app = TestApplication.of(Slow.class);
                var log = new RecordedLog(ProblemReports.class)) {
            app.connect().send("/app/slow", "").lose();
            app.advance(LIMIT.plus(MOMENT));
            assertThat(app.waiting()).isZero();
            assertThat(app.failures()).hasSize(1);
            assertThat(log.records()).hasSize(1);
        }
    }

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor executor = new ManualExecutor();

    private static PendingResult pending() {
        return PendingResult.of(new CompletableFuture<>(), value -> {});
    }

    @Test
    void zeroIsNoLimit() {
        var deadline = new ResultDeadline(Duration.ZERO, executor, clock);
        var end = deadline.of(List.of(pending()));
        clock.advance(Duration.ofDays(1));
        deadline.tick();
        assertThat(executor.waiting()).isZero();
        assertThat(deadline.waiting()).isZero();
        assertThat(end).isNotDone();
    }

    @Test
    void theTickerNeitherTellsNorForgetsWhenTheExecutorIsBusy() {
        var refusals = new AtomicInteger(2);
        var deadline = new ResultDeadline(
                LIMIT,
                task -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException("busy");
                    }
                    executor.execute(task);
                },
                clock);
        var end = deadline.of(List.of(pending()));
        clock.advance(LIMIT.plus(MOMENT));
        for (int i = 0; i < 4; i++) {
            assertThat(end).isNotDone();
            deadline.tick();
        }
        assertThat(executor.runAll()).isOne();
        assertThat(end).isCompletedExceptionally();
    }

    @Test
    void whatHasComeInTheMeantimeIsNotLate() {
        var deadline = new ResultDeadline(LIMIT, executor, clock);
        var stage = new CompletableFuture<String>();
        var end = deadline.of(List.of(PendingResult.of(stage, value -> {})));
        clock.advance(LIMIT.plus(MOMENT));
        deadline.tick();
        stage.complete("just in time");
        executor.runAll();
        assertThat(end).isCompleted();
    }

    @Test
    void aStageWithoutEndKeepsNoMessageAlive() throws Exception {
        var endless = new CompletableFuture<String>();
        var message = new WeakReference<>(new byte[1 << 20]);
        var result = holding(endless, message.get());
        assertThat(result.giveUp()).isTrue();
        Awaitility.await().until(() -> {
            System.gc();
            return Optional.ofNullable(message.get()).isEmpty();
        });
        assertThat(endless).isNotDone();
    }

    private static PendingResult holding(CompletableFuture<String> stage, byte[] message) {
        return PendingResult.of(stage, value -> assertThat(message).isNotEmpty());
    }
}
