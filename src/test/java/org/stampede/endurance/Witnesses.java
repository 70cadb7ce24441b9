package org.stampede.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.stampede.testing.StompSocket;

/**
 * Clients that have nothing to do with the trouble: one counts aloud, one listens, one works off a queue, and one waits for the
 * heart-beats of the server.
 * They must not notice anything. Confined to one thread.
 */
final class Witnesses implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(200);

    private final StompSocket speaker;
    private final StompSocket listener;
    private final StompSocket worker;
    private final StompSocket patient;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> speaking;
    private final AtomicLong said = new AtomicLong();

    Witnesses(URI server) {
        speaker = StompSocket.connect(server);
        listener = StompSocket.connect(server);
        listener.text("SUBSCRIBE\nid:0\ndestination:/topic/witness\nreceipt:0\n\n^@")
                .next();
        worker = StompSocket.connect(server);
        worker.text("SUBSCRIBE\nid:0\ndestination:/queue/witness\nreceipt:0\n\n^@")
                .next();
        patient = StompSocket.open(server);
        patient.text("CONNECT\naccept-version:1.2\nheart-beat:0,1\n\n^@").next();
        speaking = pace.scheduleAtFixedRate(this::say, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void say() {
        for (String place : new String[] {"/topic/witness", "/queue/witness"}) {
            speaker.text("SEND\ndestination:" + place + "\n\n" + said.get() + "^@");
        }
        said.incrementAndGet();
    }

    /** Fails if the server's time has stood still: the next heart-beat comes soon. */
    void feelThePulse() {
        int before = patient.heartBeats();
        await("a heart-beat of the server")
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> patient.heartBeats() > before);
    }

    /** Watches for a time; those who only listen say nothing, and no heart-beats were agreed upon. */
    void stayFor(Duration time) {
        long begin = System.nanoTime();
        await().atMost(time.multipliedBy(4)).until(() -> System.nanoTime() - begin > time.toNanos());
    }

    /** Ends the test for them: nothing was lost, all came in order, nobody was sent away. */
    void noticedNothing() {
        feelThePulse();
        speaking.cancel(false);
        pace.shutdown();
        try {
            assertThat(pace.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(said).hasPositiveValue();
        for (long number = 0; number < said.get(); number++) {
            assertThat(listener.next().bodyText()).isEqualTo(String.valueOf(number));
            assertThat(worker.next().bodyText()).isEqualTo(String.valueOf(number));
        }
        for (var client : new StompSocket[] {speaker, listener, worker, patient}) {
            assertThat(client.isSilentUpToReceipt("end")).isTrue();
        }
    }

    @Override
    public void close() {
        pace.shutdownNow();
        speaker.close();
        listener.close();
        worker.close();
        patient.close();
    }
}
