package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.broker.RefusedException;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.broker.embedded.SlowSubscriptions;
import org.stampede.stomp.HeartBeat;
import org.stampede.tcp.TcpAddress;
import org.stampede.tcp.Tls;
import org.stampede.testing.KeyStores;

/** Behind an ActiveMQ Artemis that speaks TLS only, asks for a certificate, and knows its users. */
class SecuredRelayIT {

    @TempDir
    static Path directory;

    private static Optional<Tls.Store> trusted;
    private static Optional<Tls.Store> own;
    private static ArtemisBroker broker;

    @BeforeAll
    static void start() throws Exception {
        Path brokersKey = KeyStores.key(directory, "broker", "dns:localhost");
        Path nodesKey = KeyStores.key(directory, "node", "dns:node");
        trusted = store(KeyStores.trusting(brokersKey, "broker"));
        own = store(nodesKey);
        broker = new ArtemisBroker(
                directory,
                ";sslEnabled=true;needClientAuth=true" + options("keyStore", brokersKey)
                        + options("trustStore", KeyStores.trusting(nodesKey, "node")),
                Optional.of(new ArtemisBroker.Guard(
                        Map.of(ArtemisBroker.SYSTEM, "secret", "ann", "of ann", "bob", "of bob"))));
        broker.start();
    }

    private static String options(String kind, Path store) {
        return ";" + kind + "Path=" + store + ";" + kind + "Password=" + KeyStores.PASSWORD + ";" + kind
                + "Type=PKCS12";
    }

    private static Optional<Tls.Store> store(Path path) {
        return Optional.of(new Tls.Store(path, KeyStores.PASSWORD));
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    private static RelayNode node(String passcode, Optional<Tls> tls) {
        // By the name in its certificate.
        var address = new TcpAddress("localhost", broker.address().port());
        var login = new RelaySettings.Login(ArtemisBroker.SYSTEM, passcode);
        var settings = RelayNode.settings(BrokerProfile.ARTEMIS, 0, new HeartBeat(5_000, 5_000), login, address);
        return new RelayNode(
                RelayNode.ownLogin(settings), EmbeddedBrokerLimits.DEFAULTS, SlowSubscriptions.DISCONNECTED, tls);
    }

    private static RelayNode node() {
        return node("secret", Optional.of(Tls.of(trusted, own)));
    }

    @Test
    void clientsAreWhoTheySay() throws Exception {
        try (var node = node()) {
            assertThat(next(node.availability)).startsWith("+");
            var ann = node.client("ann", "of ann").subscribe("q", "/queue/ann.orders", "ack:client");
            ann.send("/queue/ann.orders", "mine");
            ann.accept(RelayClient.ack(ann.message("mine")));

            // What is shared is read by the application, which sees all.
            var bob = node.client("bob", "of bob").subscribe("t", "/topic/news");
            done(node.broker.publish(RelayClient.sendFrame("/topic/news", "all", "receipt:1")));
            bob.message("all");
        }
    }

    @Test
    void theBrokerRefusesWhatIsNotTheirs() throws Exception {
        try (var node = node()) {
            var bob = node.client("bob", "of bob");
            bob.send("/queue/bob.orders", "mine");
            assertThatThrownBy(() -> bob.send("/queue/ann.orders", "his")).hasCauseInstanceOf(RefusedException.class);
            var another = node.client("bob", "of bob");
            assertThatThrownBy(() -> done(another.subscribing("q", "/queue/ann.orders")))
                    .hasCauseInstanceOf(RefusedException.class);
        }
    }

    @Test
    void whoIsNotWhoHeSaysIsRefused() throws Exception {
        try (var node = node()) {
            var nobody = node.client("ann", "of bob");
            assertThatThrownBy(() -> nobody.send("/queue/ann.orders", "forged"))
                    .hasCauseInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> done(nobody.session.failure())).hasCauseInstanceOf(RefusedException.class);
            var anonymous = node.client();
            assertThatThrownBy(() -> anonymous.send("/queue/ann.orders", "forged"))
                    .hasCauseInstanceOf(RefusedException.class);
        }
    }

    @Test
    void anApplicationThatTheBrokerDoesNotKnowIsOutside() throws Exception {
        try (var node = node("wrong", Optional.of(Tls.of(trusted, own)))) {
            assertThat(next(node.availability)).startsWith("-");
        }
    }

    @Test
    void aNodeWithoutCertificateIsOutside() throws Exception {
        try (var node = node("secret", Optional.of(Tls.of(trusted, Optional.empty())))) {
            assertThat(next(node.availability)).startsWith("-");
        }
    }

    @Test
    void aBrokerThatNobodyCertifiesIsNotSpokenTo() throws Exception {
        try (var node = node("secret", Optional.of(Tls.of(Optional.empty(), own)))) {
            assertThat(next(node.availability)).startsWith("-");
        }
    }

    @Test
    void nothingIsSaidInTheClear() throws Exception {
        try (var node = node("secret", Optional.empty())) {
            assertThat(next(node.availability)).startsWith("-");
        }
    }
}
