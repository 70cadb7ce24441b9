package org.stampede.broker.relay;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.broker.AwayException;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;

/** What holds behind the relay, whichever broker is there. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RelayContract {

    private static int tests;

    private RealBroker real;
    private RelayNode node;
    /** Differs from test to test, since queues remain. */
    private String name = "";

    abstract RealBroker broker(Path directory);

    /** Whether a NACK makes the broker deliver a message again. */
    abstract boolean nackRedelivers();

    /** Whether it counts messages in {@code prefetch-count}. */
    abstract boolean countsPrefetch();

    RealBroker real() {
        return real;
    }

    RelayNode node() {
        return node;
    }

    String name() {
        return name;
    }

    @BeforeAll
    void startBroker(@TempDir Path directory) throws Exception {
        real = broker(directory);
        real.start();
    }

    @AfterAll
    void stopBroker() throws Exception {
        real.close();
    }

    @BeforeEach
    void startNode() {
        name = "n" + tests++;
        node = RelayNode.of(real);
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    /** What is said here holds for two names that are the same but for the prefix, too. */
    private String topic() {
        return "/topic/" + name;
    }

    private String queue() {
        return "/queue/" + name;
    }

    @Test
    void aTopicReachesAllItsSubscribers() throws Exception {
        var ann = node.client().subscribe("a", topic());
        var bob = node.client().subscribe("b", topic());
        node.client().send(topic(), "hello", "colour:red:dark", "content-type:text/plain");
        for (RelayClient each : List.of(ann, bob)) {
            Frame message = each.message("hello");
            assertThat(message.header("destination")).contains(topic());
            assertThat(message.header("colour")).contains("red:dark");
            assertThat(message.header("content-type")).contains("text/plain");
            assertThat(message.headers().all("message-id")).hasSize(1);
            assertThat(message.headers().contains("ack")).isFalse();
        }
    }

    @Test
    void whatTheApplicationPublishesArrives() throws Exception {
        var ann = node.client().subscribe("a", topic());
        done(node.broker.publish(RelayClient.sendFrame(topic(), "news", "receipt:1")));
        done(node.broker.publish(RelayClient.sendFrame(topic(), "more")));
        ann.message("news");
        ann.message("more");
    }

    @Test
    void octetsArriveAsTheyAre() throws Exception {
        var ann = node.client().subscribe("a", topic()).subscribe("q", queue());
        byte[] octets = {0, 1, (byte) 0xff, '\n', 0};
        Frame send = RelayClient.sendFrame(topic(), "", "receipt:1");
        done(ann.session.accept(Frame.of(send.command(), send.headers(), octets)));
        assertThat(ann.message().bodyBytes()).isEqualTo(octets);
        done(ann.session.accept(Frame.of(send.command(), send.headers().with("destination", queue()), octets)));
        assertThat(ann.message().bodyBytes()).isEqualTo(octets);
    }

    @Test
    void namesMayHaveSlashesAndForeignLetters() throws Exception {
        String odd = topic() + "/a b/50%/%25/\u00e4\u20ac.x";
        var ann = node.client().subscribe("a", odd);
        node.client().send(odd, "hello");
        assertThat(ann.message("hello").header("destination")).contains(odd);
        String oddQueue = queue() + "/a b/50%/%25/\u00e4\u20ac.x";
        ann.subscribe("q", oddQueue).send(oddQueue, "queued");
        assertThat(ann.message("queued").header("destination")).contains(oddQueue);
    }

    @Test
    void wildcardsMeanWhatTheyMeanInMemory() throws Exception {
        var one = node.client().subscribe("a", topic() + ".*");
        var rest = node.client().subscribe("b", topic() + ".**");
        var sender = node.client();
        for (String tail : List.of(".x", ".x.y", ".x/y", "")) {
            sender.send(topic() + tail, tail);
        }
        assertThat(one.message(".x").header("destination")).contains(topic() + ".x");
        sender.send(topic() + ".end", "end");
        one.message("end");
        for (String tail : List.of(".x", ".x.y", ".x/y", "", "end")) {
            rest.message(tail);
        }
    }

    @Test
    void messagesOfASenderComeInOrder() throws Exception {
        var ann = node.client().subscribe("t", topic()).subscribe("q", queue());
        var sender = node.client();
        for (int i = 0; i < 500; i++) {
            sender.session.accept(RelayClient.sendFrame(i % 2 == 0 ? topic() : queue(), "" + i));
        }
        var bodies = new java.util.ArrayList<Integer>();
        for (int i = 0; i < 500; i++) {
            bodies.add(Integer.parseInt(ann.message().bodyText()));
        }
        assertThat(bodies.stream().filter(i -> i % 2 == 0)).isSorted().hasSize(250);
        assertThat(bodies.stream().filter(i -> i % 2 == 1)).isSorted().hasSize(250);
    }

    @Test
    void manySubscribersAreOneToTheBroker() throws Exception {
        var clients = IntStream.range(0, 50).mapToObj(i -> node.client()).toList();
        for (RelayClient client : clients) {
            client.subscribe("0", topic());
        }
        assertThat(real.subscriptions(topic())).isEqualTo(1);
        clients.get(0).send(topic(), "to all");
        for (RelayClient client : clients) {
            client.message("to all");
        }
        for (RelayClient client : clients.subList(0, 25)) {
            client.unsubscribe("0");
        }
        assertThat(real.subscriptions(topic())).isEqualTo(1);
        clients.get(0).send(topic(), "to half");
        clients.get(49).message("to half");
        assertThat(clients.get(0).waiting()).isZero();
        clients.subList(25, 50).forEach(RelayClient::die);
        awaitOfBroker().until(() -> real.subscriptions(topic()) == 0);
    }

    @Test
    void noQueueIsLeftBehindOfTopics() throws Exception {
        // The node itself is subscribed, too, before anybody else.
        var first = node.client().subscribe("0", topic() + ".other");
        var before = real.queues();
        var shared = node.client().subscribe("a", topic());
        var alone = node.client().subscribe("a", topic(), "ack:client");
        assertThat(real.subscriptions(topic())).isEqualTo(2);
        shared.unsubscribe("a");
        alone.die();
        awaitOfBroker().untilAsserted(() -> assertThat(real.queues()).isEqualTo(before));
        first.send(topic() + ".other", "still there");
        first.message("still there");
    }

    @Test
    void aQueueKeepsMessagesAndGivesEachToOne() throws Exception {
        var sender = node.client();
        for (int i = 0; i < 20; i++) {
            sender.send(queue(), "" + i);
        }
        var ann = node.client().subscribe("a", queue(), "ack:client-individual", "prefetch-count:1");
        ann.message("0");
        var bob = node.client().subscribe("b", queue());
        await().until(() -> ann.waiting() + bob.waiting() >= 1);
        assertThat(ann.waiting() + bob.waiting()).isLessThan(20);
    }

    @Test
    void whatWasNotAcknowledgedGoesToAnother() throws Exception {
        var ann = node.client().subscribe("a", queue(), "ack:client-individual");
        var sender = node.client();
        sender.send(queue(), "one");
        sender.send(queue(), "two");
        sender.send(queue(), "three");
        ann.message("one");
        ann.accept(RelayClient.ack(ann.message("two")));
        ann.message("three");
        ann.die();
        var bob = node.client().subscribe("b", queue(), "ack:client-individual");
        Frame again = bob.message("one");
        assertThat(again.header("subscription")).contains("b");
        bob.accept(RelayClient.ack(again));
        bob.accept(RelayClient.ack(bob.message("three")));
        bob.die();
        var carl = node.client().subscribe("c", queue());
        sender.send(queue(), "end");
        carl.message("end");
    }

    @Test
    void whoComesWhenAnotherHasGoneGetsAllInOrder() throws Exception {
        var sender = node.client();
        for (int i = 0; i < 20; i++) {
            sender.send(queue(), "" + i);
        }
        // More often, and a broker takes them for messages that nobody can handle.
        for (int i = 0; i < 8; i++) {
            var consumer = node.client().subscribe("a", queue(), "ack:client-individual", "prefetch-count:10");
            for (int k = 0; k < 10; k++) {
                consumer.message("" + k);
            }
            done(consumer.session.close());
        }
    }

    @Test
    void anAckOfTheModeClientIsCumulative() throws Exception {
        var ann = node.client().subscribe("a", queue(), "ack:client");
        var sender = node.client();
        for (String body : List.of("one", "two", "three")) {
            sender.send(queue(), body);
        }
        ann.message("one");
        ann.accept(RelayClient.ack(ann.message("two")));
        ann.message("three");
        ann.die();
        node.client().subscribe("b", queue()).message("three");
    }

    @Test
    void clientsOfOlderVersionsAcknowledgeByMessageId() throws Exception {
        var ann = new RelayClient(node.broker, StompVersion.V1_1);
        ann.subscribe("a", queue(), "ack:client-individual");
        node.client().send(queue(), "one");
        Frame message = ann.message("one");
        assertThat(message.headers().contains("ack")).isFalse();
        ann.accept(RelayClient.ack(message));
        ann.die();
        var bob = node.client().subscribe("b", queue());
        bob.send(queue(), "end");
        bob.message("end");
    }

    @Test
    void aNackMeansWhatTheBrokerSays() throws Exception {
        var ann = node.client().subscribe("a", queue(), "ack:client-individual", "prefetch-count:1");
        node.client().send(queue(), "one");
        ann.accept(RelayClient.nack(ann.message("one")));
        if (nackRedelivers()) {
            Frame again = ann.message("one");
            assertThat(again.header("redelivered")).contains("true");
            ann.accept(RelayClient.ack(again));
        }
        ann.send(queue(), "end");
        ann.message("end");
    }

    @Test
    void aTransactionIsAllOrNone() throws Exception {
        var ann = node.client().subscribe("a", queue()).subscribe("t", topic());
        var sender = node.client();
        done(sender.session.commit(List.of(
                RelayClient.sendFrame(queue(), "one"),
                RelayClient.sendFrame(topic(), "two"),
                RelayClient.sendFrame(queue(), "three"))));
        assertThat(List.of(
                        ann.message().bodyText(),
                        ann.message().bodyText(),
                        ann.message().bodyText()))
                .containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void anAckMayBePartOfATransaction() throws Exception {
        var ann = node.client().subscribe("a", queue(), "ack:client-individual", "prefetch-count:1");
        ann.send(queue(), "one");
        Frame one = ann.message("one");
        done(ann.session.commit(List.of(RelayClient.sendFrame(queue(), "two"), RelayClient.ack(one))));
        ann.accept(RelayClient.ack(ann.message("two")));
        ann.die();
        var bob = node.client().subscribe("b", queue());
        bob.send(queue(), "end");
        bob.message("end");
    }

    @Test
    void prefetchCountBoundsWhatIsUnacknowledged() throws Exception {
        var ann = node.client().subscribe("a", queue(), "ack:client-individual", "prefetch-count:2");
        var sender = node.client();
        for (int i = 0; i < 5; i++) {
            sender.send(queue(), "" + i);
        }
        Frame first = ann.message("0");
        ann.message("1");
        if (countsPrefetch()) {
            // Another consumer gets the rest, so they were not sent before.
            var bob = node.client().subscribe("b", queue());
            bob.message("2");
            bob.message("3");
            bob.message("4");
            assertThat(ann.waiting()).isZero();
            sender.send(queue(), "5");
            bob.message("5");
        }
        ann.accept(RelayClient.ack(first));
    }

    @Test
    void theApplicationMaySpeakToOneSubscriptionOnly() throws Exception {
        var ann = node.client();
        done(ann.subscribing("t", topic()));
        done(ann.subscribing("q", queue(), "ack:client-individual"));
        var bob = node.client().subscribe("t", topic());
        node.client().send(topic(), "live");
        bob.message("live");
        ann.session.deliver("t", RelayClient.sendFrame(topic(), "snapshot"));
        assertThat(ann.message("snapshot").header("destination")).contains(topic());
        ann.session.start("t");
        ann.message("live");
        ann.session.deliver("q", RelayClient.sendFrame(queue(), "for you"));
        ann.accept(RelayClient.ack(ann.message("for you")));
        node.client().send(queue(), "queued");
        ann.session.start("q");
        ann.accept(RelayClient.ack(ann.message("queued")));
        assertThat(bob.waiting()).isZero();
    }

    @Test
    void whatIsHeldBeforeTheStartComesAfterIt() throws Exception {
        var sender = node.client();
        for (int i = 0; i < 300; i++) {
            sender.session.accept(RelayClient.sendFrame(queue(), "" + i));
        }
        sender.send(queue(), "300");
        var ann = node.client();
        done(ann.subscribing("q", queue()));
        assertThat(ann.waiting()).isZero();
        ann.session.start("q");
        for (int i = 0; i <= 300; i++) {
            ann.message("" + i);
        }
    }

    @Test
    void aSlowClientSlowsTheBrokerDownAndLosesNothing() throws Exception {
        var ann = node.client().subscribe("q", queue());
        ann.stopReading();
        String body = "x".repeat(10_000);
        var sender = node.client();
        for (int i = 0; i < 1_000; i++) {
            sender.session.accept(RelayClient.sendFrame(queue(), i + body));
            if (i % 100 == 99) {
                sender.send(topic(), "wait");
            }
        }
        ann.readOn();
        for (int i = 0; i < 1_000; i++) {
            assertThat(ann.message().bodyText()).startsWith(i + "x");
        }
    }

    @Test
    void afterTheReceiptOfUnsubscribeNothingComes() throws Exception {
        var ann = node.client().subscribe("q", queue()).subscribe("t", topic());
        ann.unsubscribe("q");
        ann.unsubscribe("t");
        ann.send(queue(), "kept");
        ann.send(topic(), "for nobody");
        var bob = node.client().subscribe("q", queue());
        bob.message("kept");
        assertThat(ann.waiting()).isZero();
    }

    @Test
    void twoNodesMeetAtTheBroker() throws Exception {
        try (var other = RelayNode.of(real)) {
            var ann = node.client().subscribe("t", topic());
            var bob = other.client().subscribe("t", topic()).subscribe("q", queue());
            ann.send(topic(), "to both");
            ann.message("to both");
            bob.message("to both");
            ann.send(queue(), "to one");
            bob.message("to one");
        }
    }

    @Test
    void whereToReplyArrivesAsItIs() throws Exception {
        var ann = node.client().subscribe("t", topic()).subscribe("q", queue(), "ack:client");
        for (String destination : List.of(topic(), queue())) {
            ann.send(
                    destination,
                    "ask",
                    "reply-to:/reply-queue/1-2",
                    "correlation-id:c",
                    "accept-language:de",
                    "expires:" + (System.currentTimeMillis() + 600_000));
            Frame message = ann.message("ask");
            assertThat(message.headers().all("reply-to")).containsExactly("/reply-queue/1-2");
            assertThat(message.header("correlation-id")).contains("c");
            assertThat(message.header("accept-language")).contains("de");
        }
    }

    @Test
    void whatIsPrivateStaysHere() throws Exception {
        String place = "\u0001secret/queue/mine";
        var ann = node.client().subscribe("p", place);
        node.client().send(place, "for ann");
        assertThat(ann.message("for ann").header("destination")).contains("/user/queue/mine");
        assertThat(real.subscriptions(topic())).isZero();
    }

    @Test
    void aKilledBrokerLosesNothingThatItConfirmed() throws Exception {
        var ann = node.client().subscribe("q", queue(), "ack:client-individual").subscribe("t", topic());
        assertThat(next(node.availability)).startsWith("+");
        var sender = node.client();
        var flow = new ConfirmedFlow(body -> sender.sending(queue(), body), AwayException.class);
        var tally = new Tally(ann);
        flow.sendUpTo(200);
        tally.takeSome(100);
        real.kill();
        assertThat(next(node.availability)).isEqualTo("-" + real.address());
        assertThat(flow.sendOne("while away")).isFalse();
        real.start();
        assertThat(next(node.availability)).isEqualTo("+" + real.address());
        await().until(() -> flow.sendOne("back"));
        flow.sendUpTo(600);
        sender.send(queue(), "end");
        tally.takeUntil("end");

        assertThat(tally.bodies()).containsAll(flow.confirmed());
        assertThat(flow.tried()).containsAll(tally.bodies());
        assertThat(tally.numbers()).isSorted();

        // Topics are subscribed to again, and once.
        awaitOfBroker()
                .untilAsserted(() -> assertThat(real.subscriptions(topic())).isEqualTo(1));
        sender.send(topic(), "hello again");
        assertThat(tally.nextOf("t")).isEqualTo("hello again");
    }

    @Test
    void anAckOfAMessageFromBeforeIsVoid() throws Exception {
        var ann = node.client().subscribe("q", queue(), "ack:client-individual");
        assertThat(next(node.availability)).startsWith("+");
        node.client().send(queue(), "one");
        Frame one = ann.message("one");
        real.kill();
        assertThat(next(node.availability)).startsWith("-");
        real.start();
        assertThat(next(node.availability)).startsWith("+");
        Frame again = ann.message("one");
        assertThatThrownBy(() -> ann.accept(RelayClient.ack(one))).hasCauseInstanceOf(AwayException.class);
        done(ann.session.accept(Frame.of(Command.ACK, "id", one.header("ack").orElseThrow())));
        ann.accept(RelayClient.ack(again));
    }

    @Test
    void whatIsPrivateReachesOtherNodesAndNobodyElse() throws Exception {
        try (var other = RelayNode.of(real)) {
            var here = new LinkedBlockingQueue<Frame>();
            var there = new LinkedBlockingQueue<Frame>();
            node.broker.onAnnounced(here::add);
            other.broker.onAnnounced(there::add);
            assertThat(next(node.availability)).startsWith("+");
            assertThat(next(other.availability)).startsWith("+");
            var nosy = node.client().subscribe("n", "/topic/**");
            await().until(() -> {
                node.broker.announce(RelayClient.sendFrame("/user/ann/queue/x", "probe"));
                return !there.isEmpty();
            });
            // To some broker each of these headers means something, for which it would end the connection.
            node.broker.announce(RelayClient.sendFrame(
                    "/user/ann%2Fa/queue/x",
                    "hello",
                    "colour:red:dark",
                    "stampedeBy:me",
                    "priority:high",
                    "expires:soon",
                    "expiration:soon",
                    "timestamp:now",
                    "persistent:perhaps",
                    "reply-to:/temp-queue/x",
                    "transformation:jms-xml",
                    "content-type:\\",
                    "AMQ_SCHEDULED_DELAY:never",
                    "_type:x",
                    "x-delay:never",
                    "correlation-id:" + "c".repeat(300)));
            Frame frame = next(there);
            while (frame.bodyText().equals("probe")) {
                frame = next(there);
            }
            assertThat(frame.command()).isEqualTo(Command.SEND);
            assertThat(frame.bodyText()).isEqualTo("hello");
            assertThat(frame.headers().all("destination")).containsExactly("/user/ann%2Fa/queue/x");
            assertThat(frame.header("colour")).contains("red:dark");
            assertThat(frame.header("priority")).contains("high");
            assertThat(frame.header("x-delay")).contains("never");
            assertThat(frame.header("reply-to")).contains("/temp-queue/x");
            other.broker.announce(RelayClient.sendFrame("/user/ann/queue/x", "back"));
            assertThat(next(here).bodyText()).isEqualTo("back");
            assertThat(here).isEmpty();
            nosy.send("/topic/" + name(), "end");
            nosy.message("end");
            assertThat(nosy.sending("/topic/stampede.neighbours", "forged").toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(nosy.subscribing("s", "/topic/stampede.*").toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(node.availability).isEmpty();
            assertThat(other.availability).isEmpty();
        }
    }

    /** Some brokers take it for the name without that. */
    @Test
    void aNameBetweenSpacesIsNoOtherName() throws Exception {
        var eve = node.client().subscribe("all", "/topic/**");
        for (String odd : List.of(
                "/topic/ stampede.neighbours",
                "/topic/> ",
                "/topic/ " + name,
                topic() + " ",
                "/queue/ " + name,
                queue() + " ")) {
            for (var refused : List.of(
                    eve.sending(odd, "forged"), eve.subscribing("s", odd), eve.subscribing("c", odd, "ack:client"))) {
                assertThat(refused.toCompletableFuture()).as(odd).isCompletedExceptionally();
            }
        }
        eve.send(topic(), "end");
        eve.message("end");
    }

    @Test
    void aNameBehindTwoSlashesIsNoOtherName() throws Exception {
        var eve = node.client();
        var subscribed = eve.subscribing("s", "/topic//" + name);
        subscribed.exceptionally(refused -> null).toCompletableFuture().get(20, TimeUnit.SECONDS);
        eve.session.start("s");
        var ann = node.client().subscribe("a", topic());
        ann.send(topic(), "not for eve");
        ann.message("not for eve");
        eve.subscribe("t", topic() + ".end").send(topic() + ".end", "end");
        eve.message("end");
    }

    /** Of what RabbitMQ tells by a command that first boots an Erlang of its own: on a busy machine this takes seconds. */
    private static ConditionFactory awaitOfBroker() {
        return await().atMost(ofSeconds(60));
    }
}
