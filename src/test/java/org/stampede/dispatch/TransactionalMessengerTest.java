package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Messenger;
import org.stampede.stomp.Frame;

/** What the application sends in a transaction goes out after the commit, and only then. */
class TransactionalMessengerTest {

    private static final int MOST = 100;

    @ApplicationScoped
    static class Forgetful {
        static Runnable begin = () -> {};

        @Inject
        Messenger messenger;

        void forget(@Observes @Destination("/app/forget") String ticker) {
            begin.run();
            messenger.send("/topic/x", ticker);
        }

        void fail(@Observes @Destination("/app/fail") String ticker) {
            begin.run();
            throw new UnsupportedOperationException(ticker);
        }
    }

    private final TestTransactions transactions = new TestTransactions();
    private TestApplication app;
    private TestApplication.Client client;
    private Messenger messenger;

    @BeforeEach
    void deploy() {
        Forgetful.begin = transactions::begin;
        app = TestApplication.of(
                new Transactions(AfterCommit.of(Optional.of(transactions), MOST), transactions::rollBackAll),
                Forgetful.class);
        messenger = app.messenger();
        client = app.connect("ann")
                .say("SUBSCRIBE\nid:0\ndestination:/topic/x\n\n^@")
                .say("SUBSCRIBE\nid:1\ndestination:/user/queue/y\n\n^@");
    }

    @AfterEach
    void close() throws Exception {
        app.close();
    }

    private List<String> arrived() {
        return client.wire.frames().stream()
                .filter(frame -> frame.command() == MESSAGE)
                .map(Frame::bodyText)
                .toList();
    }

    @Test
    void messagesGoOutAfterTheCommitInOrder() {
        transactions.begin();
        messenger.send("/topic/x", "1");
        messenger.sendToUser("ann", "/queue/y", "2");
        messenger.sendToSession(client.sessionId, "/queue/y", "3");
        messenger.send("/topic/x", "4");
        assertThat(client.wire).isExhausted();
        transactions.commit();
        assertThat(arrived()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void messagesOfARollbackNeverGoOut() {
        transactions.begin();
        messenger.send("/topic/x", "no");
        transactions.rollback();
        messenger.send("/topic/x", "after");
        assertThat(arrived()).containsExactly("after");
    }

    @Test
    void whatIsSentAfterRollbackOnlyIsDroppedWithTheRest() {
        transactions.begin();
        messenger.send("/topic/x", "before");
        transactions.setRollbackOnly();
        messenger.send("/topic/x", "after");
        transactions.commit();
        assertThat(client.wire).isExhausted();
    }

    @Test
    void whatIsSentAfterATimeOutIsDroppedWithTheRest() {
        transactions.begin();
        messenger.send("/topic/x", "before");
        transactions.timeOut();
        messenger.send("/topic/x", "after");
        transactions.rollback();
        assertThat(client.wire).isExhausted();
    }

    @Test
    void immediatelyLeavesTheTransactionAside() {
        transactions.begin();
        messenger.send("/topic/x", "held");
        messenger.immediately().send("/topic/x", "at once");
        messenger.immediately().immediately().sendToUser("ann", "/queue/y", "as well");
        assertThat(arrived()).containsExactly("at once", "as well");
        transactions.rollback();
        assertThat(arrived()).containsExactly("at once", "as well");
    }

    @Test
    void aTransactionWithinAnotherHasItsOwnFate() {
        transactions.begin();
        messenger.send("/topic/x", "outer");
        transactions.begin();
        messenger.send("/topic/x", "inner");
        transactions.commit();
        assertThat(arrived()).containsExactly("inner");
        transactions.rollback();
        assertThat(arrived()).containsExactly("inner");
    }

    @Test
    void thePayloadIsConvertedWhenItIsSent() {
        var list = new ArrayList<>(List.of(1));
        transactions.begin();
        messenger.send("/topic/x", list);
        list.add(2);
        transactions.commit();
        assertThat(arrived()).containsExactly("[1]");
    }

    @Test
    void whatCannotBeSentIsToldAtOnce() {
        transactions.begin();
        assertThatThrownBy(() -> messenger.send("/topic/*", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> messenger.sendToUser("ann", "queue", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTransactionHoldsSoManyMessagesAndNoMore() {
        transactions.begin();
        for (int i = 0; i < MOST; i++) {
            messenger.send("/topic/x", "" + i);
        }
        assertThatThrownBy(() -> messenger.send("/topic/x", "one more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(AfterCommit.MESSAGES);
        transactions.commit();
        assertThat(arrived()).hasSize(MOST);
    }

    @Test
    void aMessageIsConfirmedAfterTheCommit() {
        transactions.begin();
        var confirmed = messenger.sendConfirmed("/topic/x", "x").toCompletableFuture();
        assertThat(confirmed).isNotDone();
        transactions.commit();
        assertThat(confirmed).isCompleted();
    }

    @Test
    void aMessageOfARollbackIsCancelled() {
        transactions.begin();
        var held = messenger.sendConfirmed("/topic/x", "x").toCompletableFuture();
        transactions.setRollbackOnly();
        var dropped = messenger.sendConfirmed("/topic/x", "x").toCompletableFuture();
        transactions.rollback();
        assertThat(List.of(held, dropped))
                .allSatisfy(stage -> assertThat(stage)
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .isInstanceOfAny(CancellationException.class, java.util.concurrent.ExecutionException.class));
    }

    @Test
    void whatAnObserverOfTheCommitSendsGoesOutAtOnce() {
        transactions.begin();
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                messenger.send("/topic/x", "before");
            }

            @Override
            public void afterCompletion(int status) {
                assertThat(status).isEqualTo(Status.STATUS_COMMITTED);
                messenger.send("/topic/x", "after");
            }
        });
        transactions.commit();
        assertThat(arrived()).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void aQueueThatIsFullAtTheCommitIsLoggedAndTheRestGoesOut() {
        transactions.begin();
        messenger.send("/queue/full", "x");
        messenger.send("/topic/x", "rest");
        for (int i = 0; i < EmbeddedBrokerLimits.DEFAULTS.queueMessages(); i++) {
            messenger.immediately().send("/queue/full", "x");
        }
        try (var log = new RecordedLog(BrokerMessenger.class)) {
            transactions.commit();
            assertThat(log.records())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.getLevel()).isEqualTo(Level.WARNING));
        }
        assertThat(arrived()).containsExactly("rest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forget", "fail"})
    void whatAHandlerLeavesOpenIsRolledBackAndItsSenderIsTold(String handler) {
        client.say("SEND\ndestination:/app/" + handler + "\nreceipt:1\n\nMMM^@");
        assertThat(client.wire)
                .sent(MESSAGE, "subscription:errors", "content-type:application/problem+json")
                .withBodyContaining("500")
                .isExhausted();
        assertThat(transactions.getTransactionStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }
}
