package org.stampede.server;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stampede.broker.relay.BrokerProfile;
import org.stampede.broker.relay.RelaySettings;
import org.stampede.broker.relay.RelaySettings.Login;
import org.stampede.client.ReconnectPolicy;
import org.stampede.dispatch.NeighbourLimits;
import org.stampede.settings.Settings;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.HeartBeat;
import org.stampede.tcp.TcpAddress;
import org.stampede.transport.OutboxLimits;

/**
 * The settings of the relay. Immutable.
 *
 * @param isOn    whether the broker is behind the relay, or else in memory
 * @param relay   where it is, and how it is dealt with
 * @param frames  how large a frame of it may be
 * @param threads that read and write
 * @param tls     empty for connections in the clear
 * @param neighbours the other servers in front of the broker
 */
record RelayOptions(
        boolean isOn,
        RelaySettings relay,
        FrameLimits frames,
        int threads,
        Optional<TlsFiles> tls,
        NeighbourLimits neighbours) {

    private static final String NAME = "stampede.relay.";
    private static final int MIB = 1 << 20;

    static RelayOptions read(Settings from, OutboxLimits outbox) {
        // What servers say to each other has the headers of a client in its body.
        long body = from.number(NAME + "limit.body", 16 * MIB, 0) + (long) MIB;
        return new RelayOptions(
                from.word("stampede.broker", "embedded", "relay").equals("relay"),
                relay(from, outbox),
                // Headers are as large as those may be that this server sends, and what the broker adds.
                new FrameLimits(
                        (int) Math.min(Integer.MAX_VALUE, body + MIB),
                        1_000,
                        MIB,
                        (int) Math.min(Integer.MAX_VALUE, body),
                        Integer.MAX_VALUE,
                        NAME + "limit"),
                from.number(NAME + "threads", 1, 1),
                tls(from),
                neighbours(from));
    }

    private static NeighbourLimits neighbours(Settings from) {
        var normal = NeighbourLimits.DEFAULTS;
        String name = NAME + "neighbours.";
        return new NeighbourLimits(
                Duration.ofMillis(from.number(name + "beat", (int) normal.beat().toMillis(), 100)),
                from.number(name + "missed-beats", normal.missed(), 1),
                from.number(name + "most", normal.most(), 1),
                Duration.ofMillis(from.number(
                        name + "answer-time", (int) normal.answerTime().toMillis(), 10)),
                from.number(name + "answer-octets", normal.answerOctets(), 1024),
                from.number(NeighbourLimits.QUESTIONS, normal.questions(), 1));
    }

    private static RelaySettings relay(Settings from, OutboxLimits outbox) {
        var system = new Login(from.text(NAME + "system.login", ""), from.text(NAME + "system.passcode", ""));
        var client = new Login(from.text(NAME + "client.login", ""), from.text(NAME + "client.passcode", ""));
        int least = from.number(NAME + "back-off.least", 500, 10);
        int most = from.number(NAME + "back-off.most", 30_000, 10);
        from.requireAtLeast(NAME + "back-off.most", most, NAME + "back-off.least", least);
        return new RelaySettings(
                BrokerProfile.valueOf(from.word(NAME + "profile", "rabbitmq", "artemis", "classic")
                        .toUpperCase(Locale.ROOT)),
                from.list(NAME + "addresses", RelayOptions::addresses),
                from.text(NAME + "virtual-host", "/"),
                system,
                client.login().isEmpty() ? system : client,
                from.word(NAME + "client.own-login", "off", "on").equals("on"),
                new HeartBeat(
                        from.number(NAME + "heart-beat.send", 10_000, 0),
                        from.number(NAME + "heart-beat.receive", 10_000, 0)),
                outbox,
                Duration.ofMillis(from.number(NAME + "receipt-time", 30_000, 100)),
                Duration.ofMillis(from.number(NAME + "connect-time", 10_000, 100)),
                ReconnectPolicy.backOff(Duration.ofMillis(Math.min(least, most)), Duration.ofMillis(most)),
                from.number(RelaySettings.HELD, 0, 0),
                from.number(RelaySettings.TOPICS, 10_000, 1));
    }

    private static List<TcpAddress> addresses(List<String> texts) {
        try {
            return texts.isEmpty()
                    ? List.of(new TcpAddress("localhost", 61_613))
                    : texts.stream().map(TcpAddress::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be addresses such as broker.example:61613, separated by commas", e);
        }
    }

    private static Optional<TlsFiles> tls(Settings from) {
        boolean on = from.word(NAME + "tls", "off", "on").equals("on");
        var files = TlsFiles.read(from, NAME);
        return on ? Optional.of(files) : Optional.empty();
    }
}
