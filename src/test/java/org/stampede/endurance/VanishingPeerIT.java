package org.stampede.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompSocket;
import org.stampede.testing.server.ServerProcess;

/** Peers that vanish, or are too slow, are sent away in time; what they held returns; nobody else notices. */
class VanishingPeerIT {

    private static final String JOB = "SEND\ndestination:/queue/jobs\n\njob^@";
    private static final String WORK = "SUBSCRIBE\nid:jobs\ndestination:/queue/jobs\nack:client-individual\n\n^@";
    private static final String CONNECT = "CONNECT\naccept-version:1.2\nheart-beat:%s\n\n^@";
    /** More than the buffers of the kernel and the Outbox take together. */
    private static final int FLOOD = 500;

    private static final String SEND_MUCH = "SEND\ndestination:/topic/flood\n\n" + "x".repeat(16 * 1024) + "^@";

    private static final ServerProcess SERVER = new ServerProcess(
            "vanishing",
            "-Xmx512m",
            "-Dstampede.access=open",
            "-Dstampede.connect-time=4000",
            "-Dstampede.heart-beat.send=500",
            "-Dstampede.heart-beat.receive=500",
            "-Dstampede.heart-beat.margin-at-least=4000",
            "-Dstampede.ping=500",
            "-Dstampede.outbox.octets=262144",
            "-Dstampede.outbox.write-time=4000");

    private Witnesses witnesses;

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVER.deploy(Path.of(System.getProperty("stampede.war")), "/");
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @BeforeEach
    void callWitnesses() {
        witnesses = new Witnesses(server());
    }

    @AfterEach
    void dismissWitnesses() {
        witnesses.close();
    }

    private static URI server() {
        return SERVER.endpoint("/");
    }

    @Test
    void theMessagesOfAFrozenProcessReturnToTheirQueue() {
        provideJob();
        try (var worker = new DistantPeer(server())) {
            worker.freeze();
            takeOverJob();
        }
        witnesses.noticedNothing();
    }

    @Test
    void theMessagesOfAPeerBehindABrokenNetworkReturnToTheirQueue() {
        provideJob();
        try (var network = new CuttableNetwork();
                var worker = new DistantPeer(network.outside(server()))) {
            network.cut();
            takeOverJob();
        }
        witnesses.noticedNothing();
    }

    @Test
    void whoReadsNothingWhileMessagesPourInIsSentAway() {
        provideJob();
        try (var deaf = new RawPeer(server(), 4096);
                var speaker = StompSocket.connect(server())) {
            deaf.text(CONNECT.formatted("0,0")).readUpTo("CONNECTED");
            deaf.text(WORK).readUpTo("job");
            deaf.text("SUBSCRIBE\nid:flood\ndestination:/topic/flood\nreceipt:flood\n\n^@")
                    .readUpTo("receipt-id:flood");
            for (int i = 0; i < FLOOD; i++) {
                speaker.text(SEND_MUCH);
            }
            takeOverJob();
            witnesses.feelThePulse();
            // Told why, if it has room to be told; else the connection just ends.
            assertThat(deaf.closeCode()).isIn(1008, 1006);
            assertThat(speaker.isSilentUpToReceipt("end")).isTrue();
        }
        witnesses.noticedNothing();
    }

    /** The sample conflates its quotes. */
    @Test
    void whoReadsSlowlyGetsTheNewestQuotesUnderConflation() {
        try (var slow = new RawPeer(server(), 4096);
                var exchange = StompSocket.connect(server())) {
            slow.text(CONNECT.formatted("0,0")).readUpTo("CONNECTED");
            slow.text("SUBSCRIBE\nid:0\ndestination:/topic/price.stock.NONE\nreceipt:0\n\n^@")
                    .readUpTo("receipt-id:0");
            // The kernel holds a part of it, whatever the server does.
            int quotes = 3 * FLOOD;
            for (int i = 0; i < quotes; i++) {
                exchange.text(SEND_MUCH.replace("flood", "price.stock.NONE"));
                if (i % 5 == 0) {
                    slow.readUpTo("MESSAGE");
                }
            }
            exchange.text("SEND\ndestination:/topic/price.stock.NONE\nreceipt:end\n\nthe newest^@");
            assertThat(exchange.isSilentUpToReceipt("end")).isTrue();
            int read = quotes / 5;
            while (!slow.readUpTo("MESSAGE").contains("the newest")) {
                read++;
            }
            assertThat(read).isLessThan(quotes);
        }
        witnesses.noticedNothing();
    }

    @Test
    void whoSaysConnectOneOctetASecondIsTooLate() {
        try (var slow = new RawPeer(server(), 65_536)) {
            slow.sendSlowly(RawPeer.message(CONNECT.formatted("0,0")), Duration.ofSeconds(1));
            assertThat(slow.closeCode()).isEqualTo(1008);
        }
        witnesses.noticedNothing();
    }

    @Test
    void whoSendsOneOctetASecondIsSilentAsHeartBeatsGo() {
        try (var slow = new RawPeer(server(), 65_536)) {
            slow.text(CONNECT.formatted("500,0")).readUpTo("CONNECTED");
            slow.sendSlowly(RawPeer.message("SEND\ndestination:/topic/x\n\nsome words^@"), Duration.ofSeconds(1));
            assertThat(slow.closeCode()).isEqualTo(1008);
        }
        witnesses.noticedNothing();
    }

    @Test
    void whoPromisesNoHeartBeatsIsPinged() {
        provideJob();
        try (var silent = new RawPeer(server(), 65_536)) {
            silent.text(CONNECT.formatted("0,0")).readUpTo("CONNECTED");
            silent.text(WORK).readUpTo("job");
            takeOverJob();
            assertThat(silent.closeCode()).isEqualTo(1008);
        }
        witnesses.noticedNothing();
    }

    @Test
    void whoAnswersPingsStays() {
        // Longer than whoever does not answer them would.
        witnesses.stayFor(Duration.ofSeconds(6));
        witnesses.noticedNothing();
    }

    @Test
    @DisabledIfSystemProperty(
            named = "stampede.server",
            matches = "liberty",
            disabledReason = "Open Liberty waits for the answer to a close; the session has ended all the same.")
    void whoDoesNotAnswerACloseIsHungUpOn() {
        try (var rude = new RawPeer(server(), 65_536)) {
            rude.text("SEND\ndestination:/topic/x\n\n^@");
            assertThat(rude.closeCode()).isEqualTo(1002);
            rude.readToTheEnd();
        }
        witnesses.noticedNothing();
    }

    private static void provideJob() {
        try (var client = StompSocket.connect(server())) {
            client.text(JOB.replace("\n\n", "\nreceipt:0\n\n")).next();
        }
    }

    /** Takes the job that somebody else has had in hand, once it is back in the queue. */
    private static void takeOverJob() {
        try (var worker = StompSocket.connect(server())) {
            Frame job = worker.text(WORK).next();
            assertThat(job.bodyText()).isEqualTo("job");
            assertThat(job.header("redelivered")).contains("true");
            worker.text("ACK\nid:" + job.header("ack").orElseThrow() + "\nreceipt:done\n\n^@");
            assertThat(worker.next().header("receipt-id")).contains("done");
        }
    }
}
