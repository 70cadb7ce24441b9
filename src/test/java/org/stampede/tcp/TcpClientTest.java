package org.stampede.tcp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.Ports;
import org.stampede.testing.ScriptedServer;
import org.stampede.transport.CloseReason;

class TcpClientTest {

    private static final FrameLimits LIMITS = new FrameLimits(100_000, 10, 1_000, 50_000, 1_000_000, "test");

    /** What comes over one connection. */
    private static final class Listener implements FrameReceiver {
        final LinkedBlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
        final CompletableFuture<TcpWire> wire = new CompletableFuture<>();
        final AtomicInteger ends = new AtomicInteger();

        @Override
        public void received(FrameBatch batch, long octets) {
            frames.addAll(batch.frames());
        }

        @Override
        public void ended(Optional<Throwable> cause) {
            ends.incrementAndGet();
            end.complete(cause);
        }

        FrameReceiver on(TcpWire opened) {
            wire.complete(opened);
            return this;
        }
    }

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Listener listener = new Listener();
    private final TcpClient client = client(Duration.ofSeconds(10));
    private ScriptedServer server;

    private TcpClient client(Duration connectTime) {
        return new TcpClient(this::thread, 1, Runnable::run, Optional.empty(), connectTime, LIMITS);
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task);
        threads.add(thread);
        return thread;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private CompletionStage<Void> connect() {
        return client.connect(new TcpAddress("localhost", server.port()), listener::on);
    }

    private static CompletableFuture<Optional<Throwable>> write(TcpWire wire, Frame... frames) {
        var written = new CompletableFuture<Optional<Throwable>>();
        wire.write(List.of(frames), StompVersion.V1_2, written::complete);
        return written;
    }

    private static Frame send(String body) {
        return Frame.of(Command.SEND, Headers.of("destination", "/queue/a:b"), body);
    }

    @Test
    void framesTravelBothWays() throws Exception {
        done(connect());
        var call = server.call();
        assertThat(done(write(done(listener.wire), send("one"), send("two")))).isEmpty();
        assertThat(call.next().bodyText()).isEqualTo("one");
        assertThat(call.next().bodyText()).isEqualTo("two");

        call.say("CONNECTED\nversion:1.2\n\n^@\nMESSAGE\nsubscription:0\nname:a\\cb\n\nhal")
                .say("f^@");
        assertThat(next(listener.frames).command()).isEqualTo(Command.CONNECTED);
        Frame message = next(listener.frames);
        assertThat(message.header("name")).contains("a:b");
        assertThat(message.bodyText()).isEqualTo("half");
    }

    @Test
    void aWriteOfNothingIsAHeartBeat() throws Exception {
        done(connect());
        var call = server.call();
        done(write(done(listener.wire)));
        await().until(() -> call.heartBeats() == 1);
    }

    @Test
    void aClosedWireTellsBothEndsOnce() throws Exception {
        done(connect());
        done(listener.wire).close(CloseReason.NORMAL);
        done(listener.wire).close(CloseReason.NORMAL);
        assertThat(server.call().end()).isTrue();
        assertThat(done(listener.end)).isEmpty();
        assertThat(done(write(done(listener.wire), send("too late")))).isPresent();
        assertThat(listener.ends).hasValue(1);
    }

    @Test
    void theEndOfThePeerIsTold() throws Exception {
        done(connect());
        server.call().hangUp();
        assertThat(done(listener.end)).isEmpty();
    }

    @Test
    void aResetOfThePeerIsToldWithItsCause() throws Exception {
        done(connect());
        server.call().reset();
        assertThat(done(listener.end)).containsInstanceOf(IOException.class);
    }

    @Test
    void whatIsNotStompEndsTheConnection() throws Exception {
        done(connect());
        var call = server.call();
        call.say("HTTP/1.1 400 Bad Request\n\n");
        assertThat(done(listener.end))
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .isEqualTo("Malformed frame");
        assertThat(call.end()).isTrue();
    }

    @Test
    void aFrameBeyondTheLimitsEndsTheConnection() throws Exception {
        done(connect());
        server.call().say("CONNECTED\nversion:1.2\n\n^@MESSAGE\ncontent-length:50001\n\n");
        assertThat(next(listener.frames).command()).isEqualTo(Command.CONNECTED);
        assertThat(done(listener.end))
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("the body of a frame");
    }

    @Test
    void whatIsPausedReadsNoMoreAndSlowsThePeerDown() throws Exception {
        done(connect());
        var call = server.call();
        call.say("CONNECTED\nversion:1.2\n\n^@");
        next(listener.frames);
        done(listener.wire).pause();
        byte[] message = ("MESSAGE\n\n" + "x".repeat(49_000) + "\0").getBytes();
        int messages = 2_000;
        var flood = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < messages; i++) {
                call.say(message);
            }
        });
        assertThatThrownBy(() -> flood.get(1, SECONDS)).isInstanceOf(java.util.concurrent.TimeoutException.class);
        int before = listener.frames.size();
        assertThat(before).isLessThan(100);

        done(listener.wire).resume();
        done(flood);
        await().until(() -> listener.frames.size() == messages);
    }

    @Test
    void aPortThatNobodyListensOnIsToldAtOnce() throws Exception {
        var outcome = client.connect(new TcpAddress("localhost", Ports.free()), listener::on);
        assertThatThrownBy(() -> done(outcome)).hasCauseInstanceOf(ConnectException.class);
        assertThat(listener.wire).isNotDone();
    }

    @Test
    void aHostThatNobodyKnowsIsTold() {
        var outcome = client.connect(new TcpAddress("nowhere.invalid", 1), listener::on);
        assertThatThrownBy(() -> done(outcome)).hasCauseInstanceOf(java.net.UnknownHostException.class);
    }

    @Test
    void theEndOfTheClientEndsItsConnectionsAndThreads() throws Exception {
        done(connect());
        var call = server.call();
        client.close();
        assertThat(call.end()).isTrue();
        assertThat(done(listener.end)).isEmpty();
        assertThat(threads).isNotEmpty();
        await().untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("globalEventExecutor"));
        assertThatThrownBy(() -> done(connect())).isInstanceOf(ExecutionException.class);
        assertThat(done(write(done(listener.wire), send("too late")))).isPresent();
    }

    @Test
    void theCallingThreadIsLeftAloneByNetty() throws Exception {
        // A thread local of Netty's on a thread of the container would hold the application's classes.
        done(connect());
        done(write(done(listener.wire), send("one")));
        done(listener.wire).pause();
        done(listener.wire).close(CloseReason.NORMAL);
        assertThat(io.netty.util.internal.InternalThreadLocalMap.getIfSet()).isNull();
    }
}
