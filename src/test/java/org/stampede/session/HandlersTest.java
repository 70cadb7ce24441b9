package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** What handlers of the application answer, now or later, and what they break. */
class HandlersTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final TestClient client = server.connect("1.2");
    private final List<CompletableFuture<Boolean>> answers = new ArrayList<>();

    private void handleLater(String destination) {
        server.handlers.on(destination, frame -> {
            var answer = new CompletableFuture<Boolean>();
            answers.add(answer);
            return answer;
        });
    }

    private static String send(String destination, int receipt) {
        return "SEND\ndestination:" + destination + "\nreceipt:" + receipt + "\n\n^@";
    }

    private static void onAnotherThread(Runnable action) {
        var thread = new Thread(action);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts a test.", e);
        }
    }

    @Test
    @StompItem({67, 72})
    void receiptComesWhenTheHandlerHasDoneItsWork() {
        handleLater("/app/slow");
        client.sends(send("/app/slow", 1)).received().isExhausted();
        onAnotherThread(() -> answers.get(0).complete(true));

        client.received().sent(RECEIPT, "receipt-id:1");
    }

    @Test
    @StompItem(67)
    void handlerThatDidNotDoItsWorkGetsNoReceipt() {
        server.handlers.on("/app/refused", frame -> CompletableFuture.completedFuture(false));
        client.sends(send("/app/refused", 1) + send("/app/x", 2))
                .received()
                .sent(RECEIPT, "receipt-id:2")
                .isOpen();
    }

    @Test
    @StompItem({65, 67, 73})
    void disconnectWaitsForWhatIsUnderWay() {
        handleLater("/app/slow");
        client.sends(send("/app/slow", 1) + send("/app/slow", 2) + "DISCONNECT\nreceipt:3\n\n^@" + send("/app/x", 4))
                .received()
                .isExhausted()
                .isOpen();
        onAnotherThread(() -> answers.get(1).complete(true));
        client.received().sent(RECEIPT, "receipt-id:2").isExhausted().isOpen();
        onAnotherThread(() -> answers.get(0).complete(true));

        client.received()
                .sent(RECEIPT, "receipt-id:1")
                .sent(RECEIPT, "receipt-id:3")
                .closed(CloseReason.NORMAL);
        assertThat(server.handlers.takeCalls()).endsWith("handle session-1 /app/slow ", "disconnected session-1");
    }

    @Test
    @StompItem({65, 75})
    void faultOfWhatIsUnderWayAtDisconnectIsAnError() {
        handleLater("/app/slow");
        client.sends(send("/app/slow", 1) + "DISCONNECT\nreceipt:2\n\n^@JUMP");
        onAnotherThread(() -> answers.get(0).completeExceptionally(new IllegalStateException("test")));

        client.received().sent(ERROR, "receipt-id:1").closed(CloseReason.SERVER_ERROR);
    }

    @Test
    @StompItem({73, 75})
    void handlerThatAnswersAfterTheEndIsNotHeard() {
        handleLater("/app/slow");
        client.sends(send("/app/slow", 1) + send("/app/slow", 2) + "BEGIN\n\n^@")
                .received()
                .sent(ERROR);
        onAnotherThread(() -> answers.get(0).complete(true));
        onAnotherThread(() -> answers.get(1).completeExceptionally(new IllegalStateException("test")));
        client.vanishes();

        assertThat(server.handlers.takeCalls()).endsWith("disconnected session-1");
    }

    @Test
    @StompItem(73)
    void handlerThatAnswersAfterTheConnectionIsLostIsNotHeard() {
        handleLater("/app/slow");
        client.sends(send("/app/slow", 1)).vanishes();
        onAnotherThread(() -> answers.get(0).complete(true));
    }

    /** The ways in which a handler breaks. */
    enum Breakage {
        THROWS(() -> {
            throw new IllegalStateException("the secret of the log");
        }),
        THROWS_ERROR(() -> {
            throw new AssertionError("the secret of the log");
        }),
        FAILS(() -> CompletableFuture.failedFuture(new IllegalStateException("the secret of the log"))),
        FAILS_WITH_CHECKED(() -> CompletableFuture.failedFuture(new Exception("the secret of the log"))),
        FAILS_STAGE(() -> CompletableFuture.failedStage(new IllegalStateException("the secret of the log"))),
        CANCELLED(() -> {
            var cancelled = new CompletableFuture<Boolean>();
            cancelled.cancel(false);
            return cancelled;
        });

        private final Supplier<CompletionStage<Boolean>> handler;

        Breakage(Supplier<CompletionStage<Boolean>> handler) {
            this.handler = handler;
        }
    }

    @ParameterizedTest
    @EnumSource
    @StompItem({74, 76, 81})
    void faultOfAHandlerIsAnErrorWithAnIdOnly(Breakage breakage) {
        server.handlers.on("/app/bug", frame -> breakage.handler.get());
        var other = server.connect("1.2");
        client.sends(send("/app/bug", 1) + send("/app/x", 2));

        isInternalError();
        other.sends(send("/app/x", 1)).received().sent(RECEIPT, "receipt-id:1").isOpen();
    }

    private void isInternalError() {
        Frame error = client.next();
        assertThat(error.command()).isEqualTo(ERROR);
        assertThat(error.header("message")).contains("Internal error");
        assertThat(error.header("receipt-id")).contains("1");
        assertThat(error.header("destination")).contains("/app/bug");
        assertThat(error.bodyText()).containsPattern("id [0-9a-f-]{36}\\.").doesNotContain("secret");
        client.received().closed(CloseReason.SERVER_ERROR);
        assertThat(server.handlers.takeCalls()).contains("disconnected session-1");
    }

    @Test
    @StompItem({74, 81})
    void faultOfALaterHandlerIsAnErrorToo() {
        handleLater("/app/bug");
        client.sends(send("/app/bug", 1)).received().isExhausted();
        onAnotherThread(() -> answers.get(0).completeExceptionally(new IllegalStateException("the secret")));

        isInternalError();
    }

    @Test
    @StompItem({63, 72})
    void commitIsProcessedWhenAllItsHandlersAre() {
        handleLater("/app/slow");
        client.sends("BEGIN\ntransaction:t\n\n^@"
                        + "SEND\ndestination:/app/slow\ntransaction:t\n\n^@"
                        + "SEND\ndestination:/app/slow\ntransaction:t\n\n^@"
                        + "COMMIT\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .isExhausted();
        answers.get(0).complete(true);
        client.received().isExhausted();
        answers.get(1).complete(true);

        client.received().sent(RECEIPT, "receipt-id:1");
    }

    @Test
    @StompItem({63, 67})
    void commitOfAHandlerThatDidNotDoItsWorkGetsNoReceipt() {
        server.handlers.on("/app/refused", frame -> CompletableFuture.completedFuture(false));
        client.sends("BEGIN\ntransaction:t\n\n^@"
                        + "SEND\ndestination:/app/refused\ntransaction:t\n\n^@"
                        + "SEND\ndestination:/app/x\ntransaction:t\n\n^@"
                        + "COMMIT\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .isOpen();
        assertThat(server.handlers.takeCalls()).endsWith("handle session-1 /app/refused ", "handle session-1 /app/x ");
    }

    @Test
    @StompItem({63, 74})
    void faultOfAHandlerInACommitIsAnError() {
        server.handlers.on("/app/bug", frame -> {
            throw new IllegalStateException("test");
        });
        client.sends("BEGIN\ntransaction:t\n\n^@"
                        + "SEND\ndestination:/app/bug\ntransaction:t\n\n^@"
                        + "SEND\ndestination:/app/x\ntransaction:t\n\n^@"
                        + "COMMIT\ntransaction:t\nreceipt:1\n\n^@")
                .received()
                .sent(ERROR, "message:Internal error", "receipt-id:1", "transaction:t")
                .closed(CloseReason.SERVER_ERROR);
        assertThat(server.handlers.takeCalls())
                .containsExactly("connected session-1", "handle session-1 /app/bug ", "disconnected session-1");
    }

    @Test
    @StompItem(73)
    void handlerMayEndItsOwnSession() {
        server.handlers.on("/app/leave", frame -> {
            server.registry.find("session-1").orElseThrow().disconnect().accept("Leave");
            return CompletableFuture.completedFuture(true);
        });
        client.sends(send("/app/leave", 1))
                .received()
                .sent(ERROR, "message:Leave")
                .closed(CloseReason.POLICY);
    }

    @Test
    @StompItem(73)
    void handlerMayPublishToItsOwnSession() {
        server.handlers.on("/app/echo", frame -> {
            server.publish("/topic/echo", "echo");
            return CompletableFuture.completedFuture(true);
        });
        client.sends("SUBSCRIBE\nid:0\ndestination:/topic/echo\n\n^@" + send("/app/echo", 1))
                .received()
                .sent(MESSAGE)
                .withBody("echo")
                .sent(RECEIPT, "receipt-id:1");
    }
}
