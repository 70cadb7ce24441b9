package org.stampede.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.io.File;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.testing.OpenAccess;
import org.stampede.testing.StompSocket;

/** The messenger in the transactions of a real server: messages wait for the commit, and a rollback is their end. */
@ExtendWith(ArquillianExtension.class)
class TransactionsIT {

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("stampede.war")))
                .addClasses(Ledger.class, LedgerTimer.class)
                .addClass(OpenAccess.class)
                .addClasses(StompSocket.class, StompSocket.Received.class)
                .addAsLibraries(Stream.of("assertj.jar", "awaitility.jar", "hamcrest.jar")
                        .map(jar -> new File(System.getProperty(jar)))
                        .toArray(File[]::new));
    }

    @ArquillianResource
    URL url;

    @Inject
    Ledger ledger;

    @EJB
    LedgerTimer timer;

    private StompSocket client;

    @BeforeEach
    void connect() {
        client = StompSocket.connect(StompSocket.endpointOf(url));
        client.text("SUBSCRIBE\nid:q\ndestination:/user/queue/ledger\n\n^@");
        client.text("SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n^@");
        client.text("SUBSCRIBE\nid:t\ndestination:/topic/ledger\nreceipt:s\n\n^@")
                .next();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void assertArrives(String... bodies) {
        assertThat(Stream.of(bodies).map(body -> client.next().bodyText()).toList())
                .isEqualTo(List.of(bodies));
        assertThat(client.isSilentUpToReceipt("end")).isTrue();
    }

    @Test
    void messagesWaitForTheCommitOfATransactionalBean() {
        ledger.commit();
        assertArrives("at once", "held 1", "held 2");
    }

    @Test
    void theExceptionOfATransactionalBeanIsTheEndOfItsMessages() {
        assertThatThrownBy(ledger::fail).hasStackTraceContaining("rolls back");
        assertArrives("at once");
    }

    @Test
    void rollbackOnlyIsTheEndOfMessagesBeforeAndAfterIt() {
        ledger.rollbackOnly();
        assertArrives("at once");
    }

    @Test
    void aTransactionalHandlerRepliesAfterItsCommit() {
        client.text("SEND\ndestination:/app/ledger\n\ngood^@");
        assertArrives("at once", "booked good");
    }

    @Test
    void aTransactionalHandlerThatFailsSendsItsProblemOnly() {
        client.text("SEND\ndestination:/app/ledger\n\nbad^@");
        assertThat(client.next().bodyText()).isEqualTo("at once");
        assertThat(client.next().bodyText()).contains("\"status\":500");
        assertThat(client.isSilentUpToReceipt("end")).isTrue();
    }

    @Test
    void theTransactionOfAnEnterpriseBeanCounts() {
        timer.speak("good");
        timer.speak("bad");
        assertArrives("at once", "good", "at once");
    }

    @Test
    void theTransactionOfATimerCounts() {
        timer.speakSoon("good");
        assertThat(client.next().bodyText()).isEqualTo("at once");
        assertThat(client.next().bodyText()).isEqualTo("good");
    }
}
