package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.StompItem;

/** Real threads: what holds on one thread holds on several, whatever their order. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrencyTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final TestServer server = TestServer.wideOn(threads);

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Publishes until told to stop. */
    private Future<?> publisher(String destination, AtomicBoolean stop) {
        return threads.submit(() -> {
            for (int i = 0; !stop.get() && i < 1_000_000; i++) {
                server.publish(destination, String.valueOf(i));
                Thread.yield();
            }
        });
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitFrame(TestClient client, Command command) {
        boolean ended = false;
        while (client.wire().frames().stream().noneMatch(frame -> frame.command() == command)) {
            assertThat(ended).isFalse();
            ended = !client.wire().closes().isEmpty();
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/a", "/queue/a"})
    @StompItem({44, 67, 72})
    void receiptComesFirstAndMessagesInOrderWhileOthersPublish(String destination) {
        var stop = new AtomicBoolean();
        var publisher = publisher(destination, stop);
        for (int round = 0; round < 20; round++) {
            var client = server.openWide();
            client.sends("CONNECT\naccept-version:1.2\n\n^@SUBSCRIBE\nid:0\ndestination:" + destination
                    + "\nreceipt:1\n\n^@");
            awaitFrame(client, Command.MESSAGE);
            client.sends("UNSUBSCRIBE\nid:0\nreceipt:2\n\n^@DISCONNECT\nreceipt:3\n\n^@");
            while (client.wire().closes().isEmpty()) {
                Thread.onSpinWait();
            }
            receiptsEncloseMessages(client.wire().frames());
        }
        stop.set(true);
        await(publisher);
    }

    private static void receiptsEncloseMessages(List<Frame> frames) {
        var kinds = frames.stream().map(frame -> frame.command().name()).toList();
        // The last ones on their own, since what is long is cut when it is reported.
        assertThat(kinds.subList(Math.max(0, kinds.size() - 4), kinds.size()))
                .endsWith("MESSAGE", "RECEIPT", "RECEIPT");
        assertThat(kinds).startsWith("CONNECTED", "RECEIPT", "MESSAGE");
        assertThat(kinds.stream().filter("RECEIPT"::equals)).hasSize(3);
        assertThat(frames.stream()
                        .filter(frame -> frame.command() == Command.MESSAGE)
                        .map(frame -> Integer.parseInt(frame.bodyText())))
                .isSorted();
    }

    @Test
    @StompItem({34, 73, 81})
    void endsThatMeetAreOneEnd() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            var client = server.open("ann");
            client.sends("CONNECT\naccept-version:1.2\n\n^@SUBSCRIBE\nid:0\ndestination:/topic/a\nreceipt:1\n\n^@");
            awaitFrame(client, Command.RECEIPT);
            var session = server.registry.ofUser("ann").get(0);
            var ends = List.<Runnable>of(
                    () -> client.sends("DISCONNECT\n\n^@"),
                    () -> session.disconnect().accept("Leave"),
                    client::vanishes,
                    () -> client.connection().goAway());
            meet(ends);
            while (!server.registry.all().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(client.wire().closes()).hasSize(1);
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.handlers.takeCalls()).hasSize(200);
    }

    private void meet(List<Runnable> actions) {
        var start = new CountDownLatch(1);
        var all = new ArrayList<Thread>();
        for (Runnable action : actions) {
            var thread = new Thread(() -> {
                while (start.getCount() > 0) {
                    Thread.onSpinWait();
                }
                action.run();
            });
            thread.start();
            all.add(thread);
        }
        start.countDown();
        all.forEach(ConcurrencyTest::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts a test.", e);
        }
    }

    @Test
    @StompItem({15, 33, 56})
    void sessionsThatOverflowUnderFireEndAndHurtNobody() {
        var stop = new AtomicBoolean();
        var reader = server.openWide();
        reader.sends("CONNECT\naccept-version:1.2\n\n^@SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
        awaitFrame(reader, Command.CONNECTED);
        var publisher = publisher("/topic/a", stop);
        for (int round = 0; round < 20; round++) {
            var slow = server.openNarrow(5, 10_000);
            slow.sends("CONNECT\naccept-version:1.2\n\n^@SUBSCRIBE\nid:0\ndestination:/topic/a\n\n^@");
            awaitFrame(slow, Command.CONNECTED);
            slow.wire().hold();
            while (server.registry.find(slow.peer().sessionId()).isPresent()) {
                Thread.onSpinWait();
            }
            slow.wire().release();
            assertThat(slow.wire().frames())
                    .extracting(Frame::command)
                    .endsWith(Command.ERROR)
                    .containsOnlyOnce(Command.ERROR);
        }
        stop.set(true);
        await(publisher);

        reader.received().isOpen();
        assertThat(server.registry.all()).hasSize(1);
    }
}
