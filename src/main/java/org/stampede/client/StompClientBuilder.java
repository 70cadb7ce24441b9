package org.stampede.client;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.stampede.client.ClientSettings.Bounds;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.HeartBeat;

/** Builds a {@link StompClient}; everything but the address has a default. Not thread-safe. */
public final class StompClientBuilder {

    private final URI uri;
    private final Map<String, String> connect = new LinkedHashMap<>();
    private Supplier<Map<String, String>> connectHeaders = Map::of;
    private Supplier<Map<String, String>> handshakeHeaders = Map::of;
    private String acceptVersion = "1.1,1.2";
    private HeartBeat heartBeat = new HeartBeat(10_000, 10_000);
    private Duration connectTime = Duration.ofSeconds(10);
    private Duration receiptTime = Duration.ofSeconds(15);
    private Duration replyTime = Duration.ofSeconds(30);
    private FrameLimits limits = limits(1024 * 1024, 100, 10 * 1024);
    private int outgoingFrames = 10_000;
    private long outgoingOctets = 4 * 1024 * 1024;
    private int incomingMessages = 256;
    private long incomingOctets = 4 * 1024 * 1024;
    private int heldSends;
    private ReconnectPolicy reconnect = ReconnectPolicy.backOff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private SessionListener listener = new SessionListener() {};
    private Optional<Executor> executor = Optional.empty();
    private Optional<SSLContext> sslContext = Optional.empty();

    StompClientBuilder(URI uri) {
        this.uri = uri;
        connect.put("host", Optional.ofNullable(uri.getHost()).orElse("/"));
    }

    /** The user's name and password, for the headers {@code login} and {@code passcode} of CONNECT; default: none. */
    public StompClientBuilder credentials(String login, String passcode) {
        connect.put("login", login);
        connect.put("passcode", passcode);
        return this;
    }

    /** The virtual host, for the header {@code host} of CONNECT; default: the host of the address. */
    public StompClientBuilder host(String host) {
        connect.put("host", host);
        return this;
    }

    /** Further headers of CONNECT, asked for anew for each connection on the executor of callbacks; default: none. */
    public StompClientBuilder connectHeaders(Supplier<Map<String, String>> headers) {
        connectHeaders = headers;
        return this;
    }

    /**
     * Headers of the WebSocket handshake, such as {@code Authorization}; default: none. Asked for anew for each connection on
     * the executor of callbacks, so that each has a fresh token. Over TCP there is no handshake: use {@link #connectHeaders}.
     */
    public StompClientBuilder handshakeHeaders(Supplier<Map<String, String>> headers) {
        handshakeHeaders = headers;
        return this;
    }

    /** Offers STOMP 1.0 besides 1.1 and 1.2, for servers that know nothing newer. */
    public StompClientBuilder acceptVersion10() {
        acceptVersion = "1.0,1.1,1.2";
        return this;
    }

    /**
     * How often this client can send, and would like to receive, heart-beats; default: 10 seconds each. Zero is for never. When
     * twice the agreed time passes in silence, the connection counts as lost.
     */
    public StompClientBuilder heartBeat(Duration send, Duration receive) {
        heartBeat = new HeartBeat(Math.toIntExact(send.toMillis()), Math.toIntExact(receive.toMillis()));
        return this;
    }

    /** How long a connection may take to open, handshakes and all, and then the answer to CONNECT; default: 10 seconds each. */
    public StompClientBuilder connectTime(Duration time) {
        connectTime = positive(time);
        return this;
    }

    /** How long a RECEIPT may take, and a single write to the network; default: 15 seconds. */
    public StompClientBuilder receiptTime(Duration time) {
        receiptTime = positive(time);
        return this;
    }

    /** How long the reply to a request may take; default: 30 seconds. */
    public StompClientBuilder replyTime(Duration time) {
        replyTime = positive(time);
        return this;
    }

    /**
     * How large a received frame may be; the connection ends at a larger one.
     *
     * @param bodyOctets of the body; default: 1 MiB
     * @param headers    how many; default: 100
     * @param lineOctets of a header line; default: 10 KiB
     */
    public StompClientBuilder receivedLimits(int bodyOctets, int headers, int lineOctets) {
        limits = limits(positive(bodyOctets), positive(headers), positive(lineOctets));
        return this;
    }

    private static FrameLimits limits(int bodyOctets, int headers, int lineOctets) {
        int most = (int) Math.min(Integer.MAX_VALUE, bodyOctets + (long) headers * lineOctets);
        return new FrameLimits(most, headers, lineOctets, bodyOctets, Integer.MAX_VALUE, "receivedLimits");
    }

    /**
     * How much may wait to be written; what does not fit fails with {@link QueueFullException}.
     *
     * @param frames that wait, likewise those that wait for their RECEIPT, and for their reply; default: 10,000
     * @param octets that wait, but for a single frame that has more; default: 4 MiB
     */
    public StompClientBuilder outgoing(int frames, long octets) {
        outgoingFrames = positive(frames);
        outgoingOctets = octets;
        return this;
    }

    /**
     * How much may wait for the handler of a subscription; then reading from the server pauses for the whole session. A bit more
     * may wait: what a single read brought.
     *
     * @param messages that wait; default: 256
     * @param octets   that wait; default: 4 MiB
     */
    public StompClientBuilder incoming(int messages, long octets) {
        incomingMessages = positive(messages);
        incomingOctets = octets;
        return this;
    }

    /** What happens when the connection is lost; default: back-off from 1 to 30 seconds. */
    public StompClientBuilder reconnect(ReconnectPolicy policy) {
        reconnect = policy;
        return this;
    }

    /**
     * Holds what is sent while the connection is lost, to be sent on the next one; default: 0, that is {@link
     * NotConnectedException}.
     *
     * @param frames how many at most; one more fails with {@link QueueFullException}
     */
    public StompClientBuilder holdWhileReconnecting(int frames) {
        heldSends = frames;
        return this;
    }

    /** Who is told of errors, lost connections and the end; default: nobody. */
    public StompClientBuilder listener(SessionListener newListener) {
        listener = newListener;
        return this;
    }

    /**
     * Where handlers, listeners, suppliers of headers and what depends on stages run. Never shut down by the client. Default: up to
     * four daemon threads of the client's own.
     */
    public StompClientBuilder executor(Executor newExecutor) {
        executor = Optional.of(newExecutor);
        return this;
    }

    /** For {@code wss:} and {@code stomp+ssl:}; default: that of the JDK. The certificate must be that of the host in any case. */
    public StompClientBuilder sslContext(SSLContext context) {
        sslContext = Optional.of(context);
        return this;
    }

    /** Builds the client; it connects to nothing yet. */
    public StompClient build() {
        return new StompClient(settings(), executor, sslContext);
    }

    ClientSettings settings() {
        var fixed = Map.copyOf(connect);
        var more = connectHeaders;
        return new ClientSettings(
                uri,
                acceptVersion,
                () -> {
                    var all = new LinkedHashMap<>(fixed);
                    all.putAll(more.get());
                    return all;
                },
                handshakeHeaders,
                heartBeat,
                connectTime,
                receiptTime,
                replyTime,
                limits,
                new Bounds(outgoingFrames, outgoingOctets, incomingMessages, incomingOctets, heldSends),
                reconnect,
                listener);
    }

    private static int positive(int number) {
        if (number <= 0) {
            throw new IllegalArgumentException("A limit must be positive, not " + number + ".");
        }
        return number;
    }

    private static Duration positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A time must be positive, not " + time + ".");
        }
        return time;
    }
}
