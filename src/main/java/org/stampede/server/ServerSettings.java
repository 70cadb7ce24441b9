package org.stampede.server;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.dispatch.AfterCommit;
import org.stampede.dispatch.LoginLimits;
import org.stampede.session.RateLimits;
import org.stampede.session.SessionSettings;
import org.stampede.settings.Settings;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.HeartBeat;
import org.stampede.transport.InboxLimits;
import org.stampede.transport.OutboxLimits;

/**
 * All settings of the server, read once at start. Immutable.
 *
 * @param frames       how large a received frame may be
 * @param connections  at most so many
 * @param inbox        how much of what a connection received may wait to be worked on
 * @param session      what holds for every session
 * @param outbox       how much may wait to be sent on a connection
 * @param broker       bounds of the broker in memory
 * @param relay        the broker far away, if there is one
 * @param tcp          clients over TCP, if there are any
 * @param security     who is let in
 * @param threads      how many threads may be at work for sessions
 * @param handlerTime  how long the stage that a handler returns may take; zero for as long as it likes
 * @param transactionMessages how many messages of the application a transaction holds until its commit
 */
public record ServerSettings(
        FrameLimits frames,
        int connections,
        InboxLimits inbox,
        SessionSettings session,
        OutboxLimits outbox,
        EmbeddedBrokerLimits broker,
        RelayOptions relay,
        TcpOptions tcp,
        SecuritySettings security,
        int threads,
        Duration handlerTime,
        int transactionMessages) {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /**
     * Reads the settings.
     *
     * @param source name to value, empty where nothing is set
     * @param server the {@code server} header of CONNECTED
     * @throws IllegalStateException if settings are wrong; the message names all of them
     */
    static ServerSettings read(Function<String, Optional<String>> source, String server) {
        var from = new Settings(source);
        var outbox = new OutboxLimits(
                from.number("stampede.outbox.frames", 10_000, 1),
                from.number("stampede.outbox.octets", 4 * MIB, KIB),
                Duration.ofMillis(from.number("stampede.outbox.write-time", 20_000, 100)));
        var settings = new ServerSettings(
                new FrameLimits(
                        from.number("stampede.limit.frame", MIB + 128 * KIB, KIB),
                        from.number("stampede.limit.headers", 100, 10),
                        from.number("stampede.limit.header-line", 10 * KIB, 256),
                        from.number("stampede.limit.body", MIB, 0),
                        from.number("stampede.limit.frames-in-message", 1_000, 1),
                        "stampede.limit"),
                from.number("stampede.limit.connections", 10_000, 1),
                new InboxLimits(
                        from.number("stampede.limit.inbox-batches", 32, 1),
                        from.number("stampede.limit.inbox-octets", 2 * MIB, KIB)),
                session(from, server),
                outbox,
                broker(from),
                RelayOptions.read(from, outbox),
                TcpOptions.read(from),
                security(from),
                from.number("stampede.threads", 256, 1),
                Duration.ofMillis(from.number("stampede.handler-time", 30_000, 0)),
                from.number(AfterCommit.MESSAGES, 10_000, 1));
        from.requireAtLeast(
                "stampede.limit.frame",
                settings.frames().frame(),
                "stampede.limit.body",
                settings.frames().body());
        from.check();
        return settings;
    }

    private static SessionSettings session(Settings from, String server) {
        return new SessionSettings(
                server,
                new HeartBeat(
                        from.number("stampede.heart-beat.send", 10_000, 0),
                        from.number("stampede.heart-beat.receive", 10_000, 0)),
                from.number("stampede.heart-beat.margin", 3, 1),
                Duration.ofMillis(from.number("stampede.heart-beat.margin-at-least", 70_000, 0)),
                Duration.ofMillis(from.number("stampede.ping", 30_000, 0)),
                Duration.ofMillis(from.number("stampede.connect-time", 10_000, 10)),
                from.number("stampede.limit.login-octets", 16 * KIB, 256),
                from.number("stampede.limit.subscriptions", 1_000, 1),
                from.number("stampede.limit.sessions-per-user", 100, 1),
                new RateLimits(from.number(RateLimits.FRAMES, 10_000, 0), from.number(RateLimits.OCTETS, 10 * MIB, 0)),
                from.number("stampede.limit.transactions", 16, 0),
                from.number("stampede.limit.transaction-frames", 1_000, 1),
                from.number("stampede.limit.transaction-octets", 4 * MIB, KIB));
    }

    private static SecuritySettings security(Settings from) {
        return new SecuritySettings(
                from.word("stampede.access", "rules", "open").equals("open"),
                new LoginLimits(
                        from.number(LoginLimits.FAILURES, 10, 1),
                        Duration.ofMillis(from.number(LoginLimits.WINDOW, 60_000, 1)),
                        Duration.ofMillis(from.number(LoginLimits.DELAY, 1_000, 0))),
                from.list("stampede.origins", Origins::of),
                from.word("stampede.forwarded", "ignore", "trust").equals("trust"),
                new CsrfSettings(
                        from.word("stampede.csrf", "ignore", "require").equals("require"),
                        from.text("stampede.csrf.header").orElse("X-CSRF-TOKEN")),
                from.number("stampede.limit.connections-per-address", 1_000, 1));
    }

    private static EmbeddedBrokerLimits broker(Settings from) {
        var normal = EmbeddedBrokerLimits.DEFAULTS;
        return new EmbeddedBrokerLimits(
                from.number(EmbeddedBrokerLimits.QUEUES, normal.queues(), 1),
                from.number(EmbeddedBrokerLimits.QUEUE_MESSAGES, normal.queueMessages(), 1),
                from.number(EmbeddedBrokerLimits.QUEUE_OCTETS, (int) normal.queueOctets(), 1),
                from.number(EmbeddedBrokerLimits.TOTAL_OCTETS, (int) normal.totalOctets(), 1),
                watermark(from, normal.watermark()),
                Duration.ofMillis(from.number(
                        EmbeddedBrokerLimits.HOLD_TIME, (int) normal.holdTime().toMillis(), 0)),
                from.number(EmbeddedBrokerLimits.DELIVERIES, normal.deliveries(), 1),
                from.number(EmbeddedBrokerLimits.UNACKNOWLEDGED, normal.unacknowledged(), 1),
                from.number(EmbeddedBrokerLimits.UNWRITTEN_MESSAGES, normal.unwrittenMessages(), 1),
                from.number(EmbeddedBrokerLimits.UNWRITTEN_OCTETS, (int) normal.unwrittenOctets(), 1),
                from.number(EmbeddedBrokerLimits.HELD_MESSAGES, normal.heldMessages(), 1),
                from.number(EmbeddedBrokerLimits.HELD_OCTETS, (int) normal.heldOctets(), 1),
                from.number(EmbeddedBrokerLimits.PARTS, normal.parts(), 1));
    }

    private static int watermark(Settings from, int normal) {
        int percent = from.number(EmbeddedBrokerLimits.WATERMARK, normal, 1);
        if (percent > EmbeddedBrokerLimits.ALL) {
            from.fault(EmbeddedBrokerLimits.WATERMARK + " must be at most " + EmbeddedBrokerLimits.ALL + ", and is "
                    + percent);
            return normal;
        }
        return percent;
    }
}
