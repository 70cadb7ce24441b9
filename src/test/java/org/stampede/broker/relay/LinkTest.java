package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.stampede.testing.Awaited.next;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.StompException;
import org.stampede.tcp.TcpAddress;
import org.stampede.tcp.TcpClient;
import org.stampede.testing.ScriptedServer;

/** The connection to the broker, with time at the test's pace. */
class LinkTest {

    private final AtomicLong now = new AtomicLong();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final ScriptedServer server;
    private final TcpClient tcp;
    private final Link link;
    /** What happens while the owner is told of a connection. */
    private Runnable onUp = () -> {};

    LinkTest() throws Exception {
        server = new ScriptedServer();
        var limits = new FrameLimits(1 << 24, 1_000, 1 << 16, 1 << 24, Integer.MAX_VALUE, "test");
        tcp = new TcpClient(Thread::new, 1, blocking, Optional.empty(), Duration.ofSeconds(10), limits);
        var settings = RelayNode.settings(BrokerProfile.CLASSIC, 0, new TcpAddress("localhost", server.port()));
        link = new Link(settings, tcp, Frame.of(Command.CONNECT), false, new Owner(), now::get, () -> 0.5);
    }

    private final class Owner implements Link.Owner {

        @Override
        public void up(Upstream upstream, TcpAddress address) {
            told.add("up");
            onUp.run();
        }

        @Override
        public void message(Frame message) {
            told.add(message.bodyText());
        }

        @Override
        public void down(StompException cause, TcpAddress address) {
            told.add("down");
        }
    }

    @BeforeEach
    void open() {
        link.open();
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        tcp.close();
        server.close();
        blocking.shutdownNow();
    }

    private void passTime() {
        now.addAndGet(Duration.ofHours(1).toNanos());
        link.tick();
    }

    private ScriptedServer.Call welcome() throws Exception {
        var call = server.call();
        assertThat(call.next().command()).isEqualTo(Command.CONNECT);
        return call.say("CONNECTED\nversion:1.2\nheart-beat:100,100\n\n^@");
    }

    @Test
    void aConnectionThatEndsAsItBeginsIsTriedAgain() throws Exception {
        onUp = this::passTime;
        var first = welcome();
        assertThat(next(told)).isEqualTo("up");
        assertThat(next(told)).isEqualTo("down");
        first.end();
        onUp = () -> {};
        passTime();
        welcome();
        assertThat(next(told)).isEqualTo("up");
        await().until(() -> {
            var sent = link.send(1, upstream -> upstream.tell(Frame.of(Command.SEND, "destination", "/queue/a")));
            return !sent.toCompletableFuture().isCompletedExceptionally();
        });
    }

    @Test
    void anAnswerThatComesTooLateIsNoConnection() throws Exception {
        var late = server.call();
        assertThat(late.next().command()).isEqualTo(Command.CONNECT);
        passTime();
        assertThat(next(told)).isEqualTo("down");
        late.end();
        passTime();
        welcome();
        assertThat(next(told)).isEqualTo("up");
        assertThat(told).isEmpty();
    }
}
