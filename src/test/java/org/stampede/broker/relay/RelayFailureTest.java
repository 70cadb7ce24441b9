package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.stampede.broker.relay.Script.away;
import static org.stampede.broker.relay.Script.confirm;
import static org.stampede.broker.relay.Script.expect;
import static org.stampede.broker.relay.Script.welcome;
import static org.stampede.broker.relay.Script.welcomeSystem;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.broker.RefusedException;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.HeartBeat;
import org.stampede.stomp.StompVersion;
import org.stampede.tcp.TcpAddress;
import org.stampede.testing.Ports;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.ScriptedServer;
import org.stampede.transport.Outbox;

/** What becomes of frames when the broker is away, refuses, or is silent. */
class RelayFailureTest {

    private ScriptedServer server;
    private RelayNode node;

    @BeforeEach
    void listen() throws Exception {
        server = new ScriptedServer();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        server.close();
    }

    private TcpAddress address() {
        return new TcpAddress("localhost", server.port());
    }

    private void start(int held) {
        node = new RelayNode(RelayNode.settings(BrokerProfile.CLASSIC, held, address()));
    }

    @Test
    void aReceiptWaitsForThatOfTheBroker() throws Exception {
        start(0);
        welcomeSystem(server);
        var outcome = node.client().sending("/queue/a", "one");
        var own = welcome(server);
        Frame send = expect(own, Command.SEND);
        assertThat(send.header("persistent")).contains("true");
        assertThat(outcome.toCompletableFuture()).isNotDone();
        confirm(own, send);
        done(outcome);
    }

    @Test
    void whatWasNotConfirmedWhenTheConnectionWasLostIsUnknown() throws Exception {
        start(10);
        welcomeSystem(server);
        var outcome = node.client().sending("/queue/a", "one");
        var own = welcome(server);
        expect(own, Command.SEND);
        own.reset();
        assertThat(away(outcome).isPerhapsSent()).isTrue();
        // It is not sent twice, either.
        assertThat(welcome(server).framesWaiting()).isZero();
    }

    @Test
    void noHeaderOfAClientMeansAnythingToTheBrokerInWhatServersSay() throws Exception {
        start(0);
        var system = welcomeSystem(server);
        done(node.broker.announce(RelayClient.sendFrame(
                "/reply-queue/x", "reply", "priority:high", "expires:soon", "reply-to:me", "transaction:t", "a:b")));
        Frame said = expect(system, Command.SEND);
        assertThat(said.headerMap()).containsOnlyKeys("destination", "stampedeBy", "content-length");
        assertThat(said.header("destination")).contains("/topic/stampede.neighbours");
    }

    @Test
    void whatIsNoAnnouncementIsPassedOver() throws Exception {
        start(0);
        var heard = new LinkedBlockingQueue<Frame>();
        node.broker.onAnnounced(heard::add);
        var system = welcomeSystem(server);
        String from =
                "MESSAGE\nsubscription:neighbours\nmessage-id:1\ndestination:/topic/stampede.neighbours\nstampedeBy:";
        for (String body :
                List.of("", "nonsense", "SEND\ndestination:/user/ann/x", "MESSAGE\n\n", "SEND\nno colon\n\n\0")) {
            system.say(from + "other\ncontent-length:" + body.length() + "\n\n" + body + "^@");
        }
        String good = "SEND\ndestination:/user/ann/x\ncolour:red\\cdark\nuser-name:forged\n\nhello\0";
        system.say(from + "other\ncontent-length:" + good.length() + "\n\n" + good + "^@");
        Frame frame = next(heard);
        assertThat(frame.bodyText()).isEqualTo("hello");
        assertThat(frame.headerMap()).isEqualTo(Map.of("destination", "/user/ann/x", "colour", "red:dark"));
        assertThat(heard).isEmpty();
    }

    @Test
    void thereIsNoRoomForAnnouncementsUntilTheBrokerTakesThem() throws Exception {
        start(0);
        var system = welcomeSystem(server);
        assertThat(next(node.availability)).startsWith("+");
        assertThat(node.broker.roomForAnnouncements().toCompletableFuture()).isDone();
        system.stopReading();
        Frame large = RelayClient.sendFrame("/reply-queue/x", "x".repeat(64 << 10));
        await().until(() -> {
            for (int i = 0; i < 16; i++) {
                node.broker.announce(large);
            }
            return !node.broker.roomForAnnouncements().toCompletableFuture().isDone();
        });
        var room = node.broker.roomForAnnouncements();
        system.readOn();
        done(room);
    }

    @Test
    void aSendIsRefusedWhileTheBrokerIsAway() throws Exception {
        start(0);
        welcomeSystem(server).hangUp();
        server.close();
        assertThat(next(node.availability)).startsWith("+");
        assertThat(next(node.availability)).startsWith("-");
        var client = node.client();
        assertThat(away(client.sending("/queue/a", "one")).isPerhapsSent()).isFalse();
        assertThat(away(node.broker.publish(RelayClient.sendFrame("/topic/a", "two")))
                        .detail())
                .contains("try again later");
        // What is private needs no broker.
        client.subscribe("p", "\u0001secret/queue/x").send("\u0001secret/queue/x", "private");
        client.message("private");
    }

    @Test
    void soManySendsAreHeldWhileTheBrokerIsAwayAndSentInOrderOnReturn() throws Exception {
        start(2);
        int port = server.port();
        welcomeSystem(server).hangUp();
        server.close();
        assertThat(next(node.availability)).startsWith("+");
        assertThat(next(node.availability)).startsWith("-");
        var client = node.client();
        // The first connection of a client waits until it is known that there is none.
        await().until(() ->
                client.sending("/queue/a", "probe").toCompletableFuture().isCompletedExceptionally());
        assertThat(away(client.sending("/queue/a", "too many")).detail()).contains("stampede.relay.held-sends");
        var news = node.broker.publish(RelayClient.sendFrame("/topic/a", "news", "receipt:1"));
        var more = node.broker.publish(RelayClient.sendFrame("/topic/a", "more", "receipt:1"));
        assertThat(node.broker
                        .publish(RelayClient.sendFrame("/topic/a", "too many"))
                        .toCompletableFuture())
                .isCompletedExceptionally();

        try (var again = new ScriptedServer(ServerSocketFactory.getDefault(), port)) {
            var one = welcome(again);
            var other = welcome(again);
            Frame first = one.next();
            boolean ofSystem = first.command() == Command.SUBSCRIBE;
            var system = ofSystem ? one : other;
            confirm(system, ofSystem ? first : expect(other, Command.SUBSCRIBE));
            Frame held = expect(system, Command.SEND);
            assertThat(held.bodyText()).isEqualTo("news");
            confirm(system, held);
            done(news);
            held = expect(system, Command.SEND);
            assertThat(held.bodyText()).isEqualTo("more");
            assertThat(more.toCompletableFuture()).isNotDone();
            confirm(system, held);
            done(more);
        }
    }

    @Test
    void theNextAddressIsTriedAndSubscriptionsGoWithIt() throws Exception {
        try (var other = new ScriptedServer()) {
            var elsewhere = new TcpAddress("localhost", other.port());
            node = new RelayNode(RelayNode.settings(BrokerProfile.CLASSIC, 0, address(), elsewhere));
            var system = welcomeSystem(server);
            assertThat(next(node.availability)).isEqualTo("+" + address());
            var client = node.client();
            var topic = client.subscribing("t", "/topic/a.**");
            Frame subscribe = expect(system, Command.SUBSCRIBE);
            assertThat(subscribe.header("destination")).contains("/topic/a.>");
            confirm(system, subscribe);
            done(topic);
            client.session.start("t");

            system.reset();
            assertThat(next(node.availability)).isEqualTo("-" + address());
            system = welcomeSystem(other);
            assertThat(next(node.availability)).isEqualTo("+" + elsewhere);
            subscribe = expect(system, Command.SUBSCRIBE);
            confirm(system, subscribe);
            system.say("MESSAGE\nsubscription:" + subscribe.header("id").orElseThrow()
                    + "\nmessage-id:1\ndestination:/topic/a.b\n\nhello^@");
            assertThat(client.message("hello").header("subscription")).contains("t");
        }
    }

    @Test
    void aSubscribeWhileTheBrokerIsAwayIsConfirmedOnReturn() throws Exception {
        int port = Ports.free();
        node = new RelayNode(RelayNode.settings(BrokerProfile.CLASSIC, 0, new TcpAddress("localhost", port)));
        assertThat(next(node.availability)).isEqualTo("-localhost:" + port);
        var client = node.client();
        var topic = client.subscribing("t", "/topic/a");
        var ended = client.subscribing("u", "/topic/b");
        client.unsubscribe("u");
        done(ended);
        assertThat(topic.toCompletableFuture()).isNotDone();
        try (var late = new ScriptedServer(ServerSocketFactory.getDefault(), port)) {
            var system = welcomeSystem(late);
            Frame subscribe = expect(system, Command.SUBSCRIBE);
            assertThat(subscribe.header("destination")).contains("/topic/a");
            confirm(system, subscribe);
            done(topic);
            assertThat(system.framesWaiting()).isZero();
        }
        // It was told once, however often it was tried.
        assertThat(next(node.availability)).isEqualTo("+localhost:" + port);
    }

    @Test
    void whatTheBrokerRefusesIsTheErrorOfTheFrame() throws Exception {
        start(0);
        welcomeSystem(server);
        var client = node.client();
        var outcome = client.sending("/queue/a", "one");
        var own = welcome(server);
        Frame send = expect(own, Command.SEND);
        own.say("ERROR\nmessage:no such queue\nreceipt-id:"
                + send.header("receipt").orElseThrow() + "\n\nreally^@");
        assertThatThrownBy(() -> done(outcome))
                .hasCauseInstanceOf(RefusedException.class)
                .hasMessageContaining("no such queue");
        assertThatThrownBy(() -> done(client.session.failure())).hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void aTopicThatTheBrokerRefusesHarmsNobodyElse() throws Exception {
        start(0);
        var system = welcomeSystem(server);
        var ann = node.client();
        var good = ann.subscribing("g", "/topic/good");
        confirm(system, expect(system, Command.SUBSCRIBE));
        done(good);
        var bob = node.client();
        var bad = bob.subscribing("b", "/topic/bad");
        Frame subscribe = expect(system, Command.SUBSCRIBE);
        system.say("ERROR\nmessage:not allowed\nreceipt-id:"
                + subscribe.header("receipt").orElseThrow() + "\n\n^@");
        assertThatThrownBy(() -> done(bad)).hasCauseInstanceOf(RefusedException.class);

        var again = welcomeSystem(server);
        subscribe = expect(again, Command.SUBSCRIBE);
        assertThat(subscribe.header("destination")).contains("/topic/good");
        confirm(again, subscribe);
        again.say("MESSAGE\nsubscription:" + subscribe.header("id").orElseThrow()
                + "\nmessage-id:1\ndestination:/topic/good\n\nhello^@");
        ann.session.start("g");
        ann.message("hello");
        assertThat(again.framesWaiting()).isZero();
    }

    @Test
    void aBrokerThatRefusesTheLoginIsAway() throws Exception {
        start(0);
        server.call().say("ERROR\nmessage:Bad CONNECT\n\n^@");
        assertThat(next(node.availability)).startsWith("-");
        welcomeSystem(server);
        assertThat(next(node.availability)).startsWith("+");
    }

    @Test
    void theApplicationAndItsClientsMayBeTwoUsersOfAVirtualHost() throws Exception {
        var given = RelayNode.settings(BrokerProfile.CLASSIC, 0, address());
        node = new RelayNode(RelayNode.elsewhere(given, "shop", new RelaySettings.Login("pages", "known")));
        var system = server.call();
        Frame login = system.next();
        assertThat(login.header("host")).contains("shop");
        assertThat(login.header("login")).contains("guest");
        system.say("CONNECTED\nversion:1.2\n\n^@");
        confirm(system, expect(system, Command.SUBSCRIBE));

        var outcome = node.client().session.accept(RelayClient.sendFrame("/queue/a", "one", "receipt:1"));
        var client = server.call();
        login = client.next();
        assertThat(login.header("host")).contains("shop");
        assertThat(login.header("login")).contains("pages");
        assertThat(login.header("passcode")).contains("known");
        client.say("CONNECTED\nversion:1.2\n\n^@");
        confirm(client, expect(client, Command.SEND));
        done(outcome);
    }

    @Test
    void aClientMayLogInAsItselfAndIsToldIfItMayNot() throws Exception {
        node = new RelayNode(RelayNode.ownLogin(RelayNode.settings(BrokerProfile.CLASSIC, 0, address())));
        welcomeSystem(server);
        var outbox = new Outbox(new RecordingWire(), RelayNode.OUTBOX, System::nanoTime);
        var connect = Frame.of(Command.CONNECT, "login", "ann", "passcode", "wonder");
        var session = node.broker.open(new Peer("s", Optional.empty()), StompVersion.V1_2, outbox, connect);
        var outcome = session.accept(RelayClient.sendFrame("/queue/a", "one", "receipt:1"));
        var own = server.call();
        Frame login = own.next();
        assertThat(login.header("login")).contains("ann");
        assertThat(login.header("passcode")).contains("wonder");
        own.say("ERROR\nmessage:Bad CONNECT\n\n^@");
        assertThatThrownBy(() -> done(outcome)).hasCauseInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> done(session.failure())).hasCauseInstanceOf(RefusedException.class);
        session.close();
    }

    @Test
    void aBrokerThatDoesNotAnswerIsGivenUp() throws Exception {
        start(0);
        var silent = server.call();
        assertThat(next(node.availability)).startsWith("-");
        assertThat(silent.end()).isTrue();
    }

    @Test
    void heartBeatsAreKeptAndTheirAbsenceIsNoticed() throws Exception {
        var heartBeat = new HeartBeat(300, 300);
        node = new RelayNode(RelayNode.settings(BrokerProfile.CLASSIC, 0, heartBeat, address()));
        var call = server.call();
        assertThat(call.next().header("heart-beat")).contains("300,300");
        call.say("CONNECTED\nversion:1.2\nheart-beat:100,100\n\n^@");
        assertThat(next(node.availability)).startsWith("+");
        await().until(() -> call.heartBeats() > 0);
        assertThat(next(node.availability)).startsWith("-");
        assertThat(call.end()).isTrue();
    }

    @Test
    void aNameThatWouldLeadElsewhereIsRefused() throws Exception {
        start(0);
        var client = node.client();
        for (String destination : List.of("/topic/a,/queue/b", "/queue/a?consumer.exclusive=true", "/queue/a,b")) {
            assertThat(client.sending(destination, "x").toCompletableFuture()).isCompletedExceptionally();
            assertThat(client.subscribing("s", destination).toCompletableFuture())
                    .isCompletedExceptionally();
        }
        assertThat(client.subscribing("s", "/topic/a/*").toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aBrokerThatIsSlowSlowsItsSenderDownAndThatOneOnly() throws Exception {
        start(0);
        var system = welcomeSystem(server);
        var client = node.client();
        var first = client.sending("/queue/a", "first");
        var own = welcome(server);
        confirm(own, expect(own, Command.SEND));
        done(first);
        own.stopReading();
        String body = "x".repeat(10_000);
        int sent = 0;
        while (client.session.room().toCompletableFuture().isDone() && sent < 10_000) {
            client.session.accept(RelayClient.sendFrame("/queue/a", body));
            sent++;
        }
        var room = client.session.room();
        assertThat(sent).isLessThan(10_000);
        assertThat(node.client().session.room().toCompletableFuture()).isDone();
        done(node.broker.publish(RelayClient.sendFrame("/topic/a", "news")));
        expect(system, Command.SEND);

        own.readOn();
        done(room);
        for (int i = 0; i < sent; i++) {
            expect(own, Command.SEND);
        }
    }

    @Test
    void theEndOfTheConnectionLetsTheSenderGoOn() throws Exception {
        start(0);
        welcomeSystem(server);
        var client = node.client();
        client.sending("/queue/a", "first");
        var own = welcome(server);
        own.stopReading();
        while (client.session.room().toCompletableFuture().isDone()) {
            client.session.accept(RelayClient.sendFrame("/queue/a", "x".repeat(10_000)));
        }
        var room = client.session.room();
        own.reset();
        done(room);
    }

    @Test
    void moreTopicsThanTheNodeMayHaveAreRefused() throws Exception {
        start(0);
        welcomeSystem(server);
        var client = node.client();
        for (int i = 0; i < 100; i++) {
            client.subscribing("" + i, "/topic/" + i);
        }
        assertThatThrownBy(() -> done(client.subscribing("x", "/topic/x"))).hasRootCauseMessage("Too many topics");
        // One that is there already is shared.
        assertThat(client.subscribing("y", "/topic/1").toCompletableFuture()).isNotCompletedExceptionally();
        client.session.accept(Frame.of(Command.UNSUBSCRIBE, "id", "0"));
        assertThat(client.subscribing("x", "/topic/x").toCompletableFuture()).isNotCompletedExceptionally();
    }
}
