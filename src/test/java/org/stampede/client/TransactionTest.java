package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.stampede.client.ConnectingTest.failure;
import static org.stampede.stomp.Command.ABORT;
import static org.stampede.stomp.Command.ACK;
import static org.stampede.stomp.Command.BEGIN;
import static org.stampede.stomp.Command.COMMIT;
import static org.stampede.stomp.Command.CONNECT;
import static org.stampede.stomp.Command.SEND;
import static org.stampede.stomp.Command.SUBSCRIBE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.AckMode;

class TransactionTest {

    @RegisterExtension
    final TestServer server = new TestServer();

    private final List<ReceivedMessage> received = new ArrayList<>();

    @Test
    void framesCarryTheTransactionAndCommitIsConfirmed() {
        var client = withMessage();
        var committed = client.session
                .begin()
                .send("/queue/x", "1")
                .ack(received.get(0))
                .commit()
                .toCompletableFuture();
        server.connection()
                .client()
                .sent(BEGIN, "transaction:tx-2")
                .sent(SEND, "transaction:tx-2", "destination:/queue/x")
                .without("receipt")
                .sent(ACK, "transaction:tx-2", "id:a1")
                .sent(COMMIT, "transaction:tx-2", "receipt:receipt-5");
        assertThat(committed).isNotDone();
        server.connection().say("RECEIPT\nreceipt-id:receipt-5\n\n^@");
        assertThat(committed).isCompleted();
    }

    private TestSession withMessage() {
        var client = TestSession.on(server).connected();
        client.session.subscribe("/queue/x", AckMode.CLIENT_INDIVIDUAL, Map.of(), received::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\nmessage-id:m1\nack:a1\n\n^@");
        return client;
    }

    @Test
    void abortIsConfirmedToo() {
        var client = TestSession.on(server).connected();
        var aborted = client.session.begin().send("/queue/x", "1").abort().toCompletableFuture();
        server.connection().client().sent(BEGIN).sent(SEND).sent(ABORT, "transaction:tx-1", "receipt:receipt-3");
        server.connection().say("RECEIPT\nreceipt-id:receipt-3\n\n^@");
        assertThat(aborted).isCompleted();
    }

    @Test
    void whatIsOverTakesNothingMore() {
        var client = TestSession.on(server).connected();
        var transaction = client.session.begin();
        transaction.commit();
        server.connection().client().sent(BEGIN).sent(COMMIT);
        assertThatIllegalStateException().isThrownBy(() -> transaction.send("/queue/x", "1"));
        assertThatIllegalStateException().isThrownBy(transaction::commit);
        assertThatIllegalStateException().isThrownBy(transaction::abort);
    }

    @Test
    void aTransactionThatLacksAFrameIsAborted() {
        var client =
                TestSession.on(server, settings -> settings.outgoing(1, 1_000)).connected();
        server.connection().wire.hold();
        var committed = client.session
                .begin()
                .send("/queue/x", "1")
                .send("/queue/x", "2")
                .commit()
                .toCompletableFuture();
        assertThat(failure(committed)).isInstanceOf(QueueFullException.class);
        server.connection().wire.release();
        server.connection().client().sent(BEGIN).sent(ABORT);
    }

    @Test
    void withItsConnectionATransactionIsLost() {
        var client = withMessage();
        var transaction = client.session.begin().send("/queue/x", "1");
        server.connection().client().sent(BEGIN).sent(SEND);
        server.connection().drop();
        client.pass(Duration.ofSeconds(1));
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\n\n^@");
        server.connection().client().sent(SUBSCRIBE);
        assertThat(failure(transaction.send("/queue/x", "2").commit().toCompletableFuture()))
                .isInstanceOf(ConnectionLostException.class);
        var next = client.session.begin();
        server.connection().client().sent(BEGIN);
        assertThatIllegalStateException().isThrownBy(() -> next.ack(received.get(0)));
    }

    @Test
    void withoutAConnectionThereIsNone() {
        var client = TestSession.on(server).connected();
        server.connection().drop();
        assertThatExceptionOfType(NotConnectedException.class).isThrownBy(client.session::begin);
    }
}
