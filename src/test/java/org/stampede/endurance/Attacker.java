package org.stampede.endurance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;

/** Attacks an endpoint, one connection and one way after the other, until its time is over. Confined to one thread. */
final class Attacker implements Callable<Attacker.Deeds> {

    /** What somebody may do who means harm. */
    enum Way {
        WRONG_FRAMES,
        WRONG_FRAMES_OF_A_STRANGER,
        NOISE,
        HEADERS,
        SUBSCRIPTIONS,
        WILDCARDS,
        TRANSACTIONS,
        TINY_FRAMES,
        WRONG_WEBSOCKET,
        DECOMPRESSION_BOMB,
        HALF_A_HANDSHAKE
    }

    /**
     * What it has done.
     *
     * @param tried   how often, by the way
     * @param refused how often it did not even get a handshake
     */
    record Deeds(Map<Way, Integer> tried, int refused) {

        static final Deeds NONE = new Deeds(Map.of(), 0);

        Deeds plus(Deeds other) {
            var sum = new EnumMap<Way, Integer>(Way.class);
            sum.putAll(tried);
            other.tried.forEach((way, times) -> sum.merge(way, times, Integer::sum));
            return new Deeds(sum, refused + other.refused);
        }

        int all() {
            return tried.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int LAST = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final byte[] BOMB = bomb();
    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:x\n\n^@";
    /** What takes longer is hung up on. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI server;
    private final Random random;
    private final BadFrames frames;
    private final long end;
    private final ScheduledExecutorService watch;
    private final Map<Way, Integer> tried = new EnumMap<>(Way.class);
    private int refused;

    /**
     * @param watch hangs up for who is stuck
     */
    Attacker(URI server, long seed, Duration time, ScheduledExecutorService watch) {
        this.server = server;
        this.random = new Random(seed);
        this.frames = new BadFrames(seed);
        this.end = System.nanoTime() + time.toNanos();
        this.watch = watch;
    }

    @Override
    public Deeds call() throws IOException {
        while (System.nanoTime() < end) {
            Way way = Way.values()[random.nextInt(Way.values().length)];
            if (way == Way.HALF_A_HANDSHAKE) {
                shakeHalfAHand();
            } else {
                attack(way);
            }
            tried.merge(way, 1, Integer::sum);
        }
        return new Deeds(tried, refused);
    }

    private void attack(Way way) {
        try (var peer = new RawPeer(server, 65_536)) {
            var patience = watch.schedule(peer::close, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            try {
                attack(way, peer);
                if (random.nextInt(4) > 0) {
                    peer.listenFor(Duration.ofMillis(random.nextInt(150)));
                }
            } catch (UncheckedIOException e) {
                // The server has hung up: that is its right.
            } finally {
                patience.cancel(false);
            }
        } catch (UncheckedIOException | AssertionError e) {
            // No handshake: a server owes attackers nothing, as long as others are served.
            refused++;
        }
    }

    private void attack(Way way, RawPeer peer) {
        switch (way) {
            case WRONG_FRAMES -> {
                peer.text(CONNECT);
                for (int i = random.nextInt(50); i >= 0; i--) {
                    say(peer, random.nextInt(6) == 0 ? frames.wrong() : frames.right());
                }
            }
            case WRONG_FRAMES_OF_A_STRANGER -> say(peer, frames.wrong());
            case NOISE -> sayIfConnected(peer, frames.randomOctets(random.nextInt(5_000)));
            case HEADERS -> sayIfConnected(peer, frames.headers());
            case SUBSCRIPTIONS -> sayIfConnected(peer, frames.subscriptions());
            case WILDCARDS -> sayIfConnected(peer, frames.wildcards());
            case TRANSACTIONS -> sayIfConnected(peer, frames.transactions());
            case TINY_FRAMES -> sayIfConnected(peer, frames.tiny());
            case WRONG_WEBSOCKET -> speakWrongWebSocket(peer);
            default -> peer.send(RawPeer.frame(LAST | COMPRESSED | BINARY, BOMB));
        }
    }

    private void sayIfConnected(RawPeer peer, byte[] message) {
        if (random.nextInt(5) > 0) {
            peer.text(CONNECT);
        }
        say(peer, message);
    }

    /** As one message, or in pieces, as text or binary, and perhaps with a ping in between. */
    private void say(RawPeer peer, byte[] message) {
        int kind = random.nextBoolean() ? TEXT : BINARY;
        int from = 0;
        while (random.nextInt(3) == 0 && from < message.length) {
            int to = from + random.nextInt(message.length - from);
            peer.send(RawPeer.frame(kind, Arrays.copyOfRange(message, from, to)));
            if (random.nextInt(4) == 0) {
                peer.send(RawPeer.frame(LAST | 9, frames.randomOctets(random.nextInt(126))));
            }
            from = to;
            kind = 0;
        }
        peer.send(RawPeer.frame(LAST | kind, Arrays.copyOfRange(message, from, message.length)));
    }

    /** Frames that are none, by RFC 6455: wrong kinds and lengths, no mask, an end in the middle. */
    private void speakWrongWebSocket(RawPeer peer) {
        if (random.nextBoolean()) {
            peer.text(CONNECT);
        }
        byte[] frame = RawPeer.frame(random.nextInt(256), frames.right());
        switch (random.nextInt(5)) {
            case 0 -> frame[1] &= 0x7f;
            case 1 -> frame = Arrays.copyOf(frame, random.nextInt(frame.length));
            case 2 -> frame = RawPeer.frame(LAST | 8, frames.randomOctets(random.nextInt(200)));
            case 3 -> {
                frame = Arrays.copyOf(frame, 10 + random.nextInt(50));
                frame[1] = (byte) 0xff;
                Arrays.fill(frame, 2, 10, (byte) random.nextInt(256));
            }
            default -> frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        }
        peer.send(frame);
    }

    /** Small, and large when somebody inflates it: which nobody has agreed to do. */
    private static byte[] bomb() {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[50_000_000]);
        deflater.finish();
        var bomb = new ByteArrayOutputStream();
        byte[] piece = new byte[8_192];
        while (!deflater.finished()) {
            bomb.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return bomb.toByteArray();
    }

    private void shakeHalfAHand() throws IOException {
        String request =
                "GET " + server.getPath() + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: " + random.nextInt(20) + "\r\nSec-WebSocket-Key: "
                        + "A".repeat(random.nextInt(40))
                        + "\r\nX: " + "y".repeat(random.nextInt(20_000)) + "\r\n\r\n";
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream()
                    .write(request.substring(0, random.nextInt(request.length() + 1))
                            .getBytes(ISO_8859_1));
            socket.getOutputStream().write(frames.wrong());
        } catch (IOException e) {
            // As above.
        }
    }
}
