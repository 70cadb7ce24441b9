package org.stampede.tcp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.stampede.tcp.TlsKeys.store;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.StompException;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.KeyStores;
import org.stampede.testing.Ports;
import org.stampede.testing.TcpPeer;
import org.stampede.transport.CloseReason;

class TcpListenerTest {

    private static final FrameLimits LIMITS = new FrameLimits(100_000, 10, 1_000, 50_000, Integer.MAX_VALUE, "test");
    private static final int CONNECTIONS = 10;

    /** One client, as the server sees it. */
    private static final class Guest implements FrameReceiver {
        final TcpWire wire;
        final LinkedBlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<StompException> faults = new LinkedBlockingQueue<>();
        final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
        final AtomicLong octets = new AtomicLong();

        Guest(TcpWire wire) {
            this.wire = wire;
        }

        @Override
        public void received(FrameBatch batch, long count) {
            octets.addAndGet(count);
            frames.addAll(batch.frames());
            batch.fault().ifPresent(faults::add);
        }

        @Override
        public boolean answersFaults() {
            return true;
        }

        @Override
        public void ended(Optional<Throwable> cause) {
            assertThat(end.complete(cause)).as("first end").isTrue();
        }

        CompletableFuture<Optional<Throwable>> say(Frame... some) {
            var written = new CompletableFuture<Optional<Throwable>>();
            wire.write(List.of(some), StompVersion.V1_2, written::complete);
            return written;
        }
    }

    @TempDir
    static Path directory;

    private static TlsKeys keys;

    private final LinkedBlockingQueue<Guest> guests = new LinkedBlockingQueue<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final int port = Ports.free();
    private Optional<TcpListener> listener = Optional.empty();

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TlsKeys.in(directory);
    }

    private void listen(Optional<Tls> tls) throws IOException {
        listener = Optional.of(TcpListener.open(options("localhost", tls), this::thread, this::welcome));
    }

    private TcpListener.Options options(String host, Optional<Tls> tls) {
        return new TcpListener.Options(
                new TcpAddress(host, port),
                2,
                CONNECTIONS,
                LIMITS,
                tls,
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task);
        threads.add(thread);
        return thread;
    }

    private FrameReceiver welcome(TcpWire wire) {
        var guest = new Guest(wire);
        guests.add(guest);
        return guest;
    }

    @AfterEach
    void close() {
        listener.ifPresent(TcpListener::close);
    }

    @Test
    void framesTravelBothWaysHoweverTheyAreCut() throws Exception {
        listen(Optional.empty());
        try (var peer = TcpPeer.open(port)) {
            var guest = next(guests);
            assertThat(guest.wire.address()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
            String said = "CONNECT\naccept-version:1.2\n\n^@\nSEND\ndestination:/a\n\nx^@SEND";
            for (String octet : said.replace("^@", "\0").split("")) {
                peer.say(octet);
            }
            assertThat(next(guest.frames).command()).isEqualTo(Command.CONNECT);
            assertThat(next(guest.frames).bodyText()).isEqualTo("x");
            assertThat(done(guest.say(Frame.of(Command.CONNECTED, "version", "1.2"))))
                    .isEmpty();
            assertThat(peer.next().command()).isEqualTo(Command.CONNECTED);
            guest.say();
            peer.awaitHeartBeat();
            await().untilAsserted(() -> assertThat(guest.octets).hasValue(said.length() - 2));
            peer.close();
            assertThat(done(guest.end)).isEmpty();
        }
    }

    @Test
    void aResetIsToldWithItsCause() throws Exception {
        listen(Optional.empty());
        TcpPeer.open(port).reset();
        assertThat(done(next(guests).end)).containsInstanceOf(IOException.class);
    }

    /** Whoever closes a socket with something unread in it takes back what it said last. */
    @Test
    void theLastWordIsHeardByWhoGoesOnTalking() throws Exception {
        listen(Optional.empty());
        try (var peer = TcpPeer.open(port)) {
            var guest = next(guests);
            peer.say("GET / HTTP/1.1\n\n^@");
            assertThat(next(guest.faults).summary()).isEqualTo("Malformed frame");
            guest.wire.pause();
            peer.say(new byte[1_000_000]);
            done(guest.say(Frame.of(Command.ERROR, "message", "Malformed frame")));
            guest.wire.close(CloseReason.PROTOCOL_ERROR);
            guest.wire.close(CloseReason.NORMAL);
            guest.wire.pause();
            peer.say(new byte[1_000_000]);
            assertThat(peer.next().header("message")).contains("Malformed frame");
            peer.awaitEnd();
            peer.close();
            assertThat(done(guest.end)).isEmpty();
            assertThat(guest.frames).isEmpty();
            assertThat(done(guest.say(Frame.of(Command.MESSAGE)))).isPresent();
        }
    }

    @Test
    void whoDoesNotTakeLeaveIsLeftAfterAWhile() throws Exception {
        listen(Optional.empty());
        try (var peer = TcpPeer.open(port)) {
            var guest = next(guests);
            guest.wire.close(CloseReason.NORMAL);
            peer.awaitEnd();
            // The peer keeps its end open, and so nothing tells of its end but time.
            assertThat(done(guest.end)).isEmpty();
        }
    }

    @Test
    void whatIsPausedReadsNoMoreAndSlowsThePeerDown() throws Exception {
        listen(Optional.empty());
        try (var peer = TcpPeer.open(port)) {
            var guest = next(guests);
            peer.say("CONNECT\n\n^@");
            next(guest.frames);
            guest.wire.pause();
            byte[] message = ("SEND\ndestination:/a\n\n" + "x".repeat(49_000) + "\0").getBytes();
            int messages = 1_000;
            var flood = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < messages; i++) {
                        peer.say(message);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> flood.get(1, SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(guest.octets).hasValueLessThan(100_000);

            guest.wire.resume();
            done(flood);
            await().until(() -> guest.frames.size() == messages);
        }
    }

    /** A pause that a frame causes comes before what else is there to be read. */
    @Test
    void aPauseByItsOwnThreadIsObeyedAtOnce() throws Exception {
        var octets = new AtomicLong();
        var wires = new LinkedBlockingQueue<TcpWire>();
        listener = Optional.of(TcpListener.open(options("localhost", Optional.empty()), this::thread, wire -> {
            wire.pause();
            wires.add(wire);
            return new FrameReceiver() {
                @Override
                public void received(FrameBatch batch, long count) {
                    octets.addAndGet(count);
                    wire.pause();
                }

                @Override
                public void ended(Optional<Throwable> cause) {}
            };
        }));
        try (var peer = TcpPeer.open(port)) {
            var wire = next(wires);
            peer.say("\n".repeat(100_000));
            for (int read = 1; read <= 3; read++) {
                long before = octets.get();
                wire.resume();
                await().until(() -> octets.get() > before);
                assertThat(octets.get() - before).isLessThanOrEqualTo(8 * 1024);
            }
        }
    }

    @Test
    void fewMoreThanThereMayBeAreOpenAtATime() throws Exception {
        listen(Optional.empty());
        var peers = new ArrayList<TcpPeer>();
        try {
            for (int i = 0; i < CONNECTIONS + 1_000; i++) {
                peers.add(TcpPeer.open(port));
            }
            await().until(() -> guests.size() == peers.size());
            try (var tooMany = TcpPeer.open(port)) {
                tooMany.awaitEnd();
                assertThat(guests).hasSize(peers.size());
            }
            var crowd = new ArrayList<Guest>();
            guests.drainTo(crowd);
            crowd.get(0).wire.close(CloseReason.TRY_AGAIN_LATER);
            assertThat(crowd.get(0).end).succeedsWithin(1, SECONDS);
            await().until(() -> {
                try (var again = TcpPeer.open(port)) {
                    return again.isOpenAfter(100);
                }
            });
        } finally {
            peers.forEach(TcpPeer::close);
        }
    }

    @Test
    void aPortInUseIsToldAndNoThreadIsLeft() throws Exception {
        listen(Optional.empty());
        TcpPeer.open(port).close();
        next(guests);
        var before = Set.copyOf(threads);
        assertThatThrownBy(() -> TcpListener.open(options("localhost", Optional.empty()), this::thread, this::welcome))
                .isInstanceOf(BindException.class);
        assertThat(threads).isEqualTo(before);
        assertThatThrownBy(() ->
                        TcpListener.open(options("nowhere.invalid", Optional.empty()), this::thread, this::welcome))
                .isInstanceOf(java.net.UnknownHostException.class);
    }

    @Test
    void theEndFreesThePortAndEndsConnectionsAndThreads() throws Exception {
        listen(Optional.empty());
        try (var peer = TcpPeer.open(port)) {
            var guest = next(guests);
            listener.orElseThrow().close();
            peer.awaitEnd();
            assertThat(done(guest.end)).isEmpty();
            assertThat(threads).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            await().untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
            assertThat(io.netty.util.internal.InternalThreadLocalMap.getIfSet()).isNull();
        }
        listen(Optional.empty());
        try (var peer = TcpPeer.open(port)) {
            next(guests);
        }
    }

    /** Open Liberty's threads wait until the application has started, which may never be. */
    @Test
    void aListenerWhoseThreadsNeverRanFreesThePort() throws Exception {
        var never =
                TcpListener.open(options("localhost", Optional.empty()), task -> new Thread(() -> {}), this::welcome);
        try (var peer = TcpPeer.open(port)) {
            assertThat(peer.isOpenAfter(100)).isTrue();
            never.close();
        }
        listen(Optional.empty());
        TcpPeer.open(port).close();
        next(guests);
    }

    @Test
    void tlsHidesWhatIsSaid() throws Exception {
        listen(Optional.of(Tls.answering(store(keys.serverKey()).orElseThrow(), Optional.empty())));
        try (var peer = TcpPeer.open(port, KeyStores.client(keys.serverTrusted(), Optional.empty()))) {
            var guest = next(guests);
            peer.say("CONNECT\n\n^@");
            assertThat(next(guest.frames).command()).isEqualTo(Command.CONNECT);
            done(guest.say(Frame.of(Command.ERROR, "message", "no")));
            guest.wire.close(CloseReason.POLICY);
            assertThat(peer.next().header("message")).contains("no");
            peer.awaitEnd();
            peer.close();
            assertThat(done(guest.end)).isEmpty();
        }
    }

    /** By a ticket, which would be sent unasked behind the handshake. */
    @Test
    void noSessionOfTlsIsTakenUpAgain() throws Exception {
        listen(Optional.of(Tls.answering(store(keys.serverKey()).orElseThrow(), Optional.empty())));
        var client = KeyStores.client(keys.serverTrusted(), Optional.empty());
        var begun = new HashSet<Long>();
        for (int i = 0; i < 2; i++) {
            try (var peer = TcpPeer.open(port, client)) {
                var guest = next(guests);
                peer.say("CONNECT\n\n^@");
                assertThat(next(guest.frames).command()).isEqualTo(Command.CONNECT);
                assertThat(done(guest.say(Frame.of(Command.CONNECTED)))).isEmpty();
                assertThat(peer.next().command()).isEqualTo(Command.CONNECTED);
            }
            var sessions = client.getClientSessionContext();
            for (byte[] id : Collections.list(sessions.getIds())) {
                begun.add(sessions.getSession(id).getCreationTime());
            }
            await().until(() -> System.currentTimeMillis() > Collections.max(begun));
        }
        assertThat(begun).hasSize(2);
    }

    @Test
    void whoMustShowACertificateAndHasNoneIsNotHeard() throws Exception {
        listen(Optional.of(Tls.answering(store(keys.serverKey()).orElseThrow(), store(keys.clientTrusted()))));
        try (var known = TcpPeer.open(port, KeyStores.client(keys.serverTrusted(), Optional.of(keys.clientKey())))) {
            var guest = next(guests);
            known.say("CONNECT\n\n^@");
            assertThat(next(guest.frames).command()).isEqualTo(Command.CONNECT);
        }
        assertThatThrownBy(() -> {
                    try (var stranger = TcpPeer.open(port, KeyStores.client(keys.serverTrusted(), Optional.empty()))) {
                        stranger.say("CONNECT\n\n^@");
                        stranger.next();
                    }
                })
                .isInstanceOf(IOException.class);
        var guest = next(guests);
        assertThat(done(guest.end).orElseThrow()).hasRootCauseInstanceOf(SSLException.class);
        assertThat(guest.frames).isEmpty();
    }

    @Test
    void aHandshakeThatIsBrokenOffOrNeverEndsLeavesNothing() throws Exception {
        listen(Optional.of(Tls.answering(store(keys.serverKey()).orElseThrow(), Optional.empty())));
        // What a ClientHello begins with.
        byte[] hello = {22, 3, 1, 2, 0, 1, 0, 1};
        TcpPeer.open(port).say(hello).reset();
        assertThat(done(next(guests).end)).isPresent();
        try (var slow = TcpPeer.open(port)) {
            slow.say(hello);
            done(next(guests).end);
        }
        try (var plain = TcpPeer.open(port)) {
            plain.say("CONNECT\naccept-version:1.2\n\n^@");
            assertThat(done(next(guests).end).orElseThrow()).hasMessageContaining("not an SSL/TLS record");
        }
        try (var closed = TcpPeer.open(port)) {
            var guest = next(guests);
            // Nobody waits for a handshake to say that.
            assertThat(done(guest.say(Frame.of(Command.ERROR, "message", "too many"))))
                    .isPresent();
            guest.wire.close(CloseReason.TRY_AGAIN_LATER);
            assertThat(guest.end).succeedsWithin(300, MILLISECONDS);
        }
    }

    @Test
    void aStoreWithoutAKeyIsNamed() {
        assertThatThrownBy(() -> Tls.answering(store(keys.serverTrusted()).orElseThrow(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server-trust.p12")
                .hasMessageContaining("no key");
    }
}
