package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.RECEIPT;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.ManualExecutor;

/** What the thread does that reads from a client, and what it leaves to others since application code may be run for it. */
class WhoseThreadTest {

    private final ManualExecutor executor = new ManualExecutor();

    @RegisterExtension
    final TestServer server = TestServer.on(executor);

    private final TestClient client = connected();

    private TestClient connected() {
        var connecting = server.open().sends("CONNECT\naccept-version:1.2\nhost:h\n\n^@");
        executor.runAll();
        connecting.received().sent(CONNECTED);
        server.handlers.takeCalls();
        return connecting;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/topic/a\nreceipt:1\n\nx^@",
                "SEND\ndestination:/queue/a\nreceipt:1\n\nx^@",
                "SEND\ndestination:/topic/a\n\nx^@SEND\ndestination:/topic/a\nreceipt:1\n\nx^@",
                "BEGIN\ntransaction:t\nreceipt:1\n\n^@"
            })
    void whatTheBrokerTakesIsDoneByTheThreadThatReads(String frames) {
        server.clock.advance(Duration.ofMillis(1));
        client.sends(frames).received().sent(RECEIPT, "receipt-id:1");
        assertThat(executor.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/app/a\nreceipt:1\n\nx^@",
                "SEND\ndestination:/topic/a\n\nx^@SEND\ndestination:/app/a\nreceipt:1\n\nx^@",
                "SUBSCRIBE\nid:0\ndestination:/topic/a\nreceipt:1\n\n^@",
                "DISCONNECT\nreceipt:1\n\n^@"
            })
    void whatTheApplicationIsToldOfIsLeftToAnother(String frames) {
        server.clock.advance(Duration.ofMillis(1));
        client.sends(frames).received().isExhausted();
        assertThat(executor.runAll()).isEqualTo(1);
        client.received().sent(RECEIPT, "receipt-id:1");
    }

    /** So that what they say to others leaves together. */
    @Test
    void oneThingAfterAnotherIsLeftToAnother() {
        client.sends("SEND\ndestination:/topic/a\nreceipt:1\n\nx^@")
                .sends("SEND\ndestination:/topic/a\nreceipt:2\n\nx^@")
                .received()
                .sent(RECEIPT, "receipt-id:1")
                .isExhausted();
        executor.runAll();
        client.received().sent(RECEIPT, "receipt-id:2");
    }

    @Test
    void nothingOvertakesWhatWasLeftToAnother() {
        client.sends("SEND\ndestination:/app/a\nreceipt:1\n\nx^@")
                .waits(Duration.ofMillis(1))
                .sends("SEND\ndestination:/topic/a\nreceipt:2\n\nx^@")
                .received()
                .isExhausted();
        executor.runAll();
        client.received().sent(RECEIPT, "receipt-id:1").sent(RECEIPT, "receipt-id:2");
    }
}
