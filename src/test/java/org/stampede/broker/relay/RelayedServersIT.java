package org.stampede.broker.relay;

import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.stampede.testing.Awaited.done;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.client.ClientSession;
import org.stampede.client.ConnectionLostException;
import org.stampede.client.NotConnectedException;
import org.stampede.client.ReconnectPolicy;
import org.stampede.client.StompClient;
import org.stampede.session.Connection;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.testing.Awaited;
import org.stampede.testing.LoadBalancer;
import org.stampede.testing.RecordedEvents;
import org.stampede.testing.StompSocket;
import org.stampede.testing.server.ServerProcess;

/** Two servers in front of one broker: the sample is one stock exchange on both. */
@TestMethodOrder(OrderAnnotation.class)
class RelayedServersIT {

    private static final String ORDER =
            "SEND\ndestination:/queue/trade\n\n{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":44}^@";

    @TempDir
    static Path directory;

    private static ArtemisBroker broker;
    private static List<ServerProcess> servers;

    @BeforeAll
    static void start() throws Exception {
        broker = new ArtemisBroker(directory);
        broker.start();
        servers = List.of(server("relayed-one"), server("relayed-two"));
        for (ServerProcess server : servers) {
            server.start();
            server.deploy(war(), "/");
        }
    }

    /** The sample, which tells about itself. */
    private static Path war() {
        Path war = Path.of(System.getProperty("stampede.war"));
        Path telling = war.resolveSibling("telling.war");
        ShrinkWrap.createFromZipFile(WebArchive.class, war.toFile())
                .addClasses(NodesDesk.class, ReadyResource.class, ReadyResource.Rest.class)
                .as(ZipExporter.class)
                .exportTo(telling.toFile(), true);
        return telling;
    }

    private static ServerProcess server(String name) {
        return new ServerProcess(
                name,
                "-Xmx512m",
                "-Dstampede.broker=relay",
                "-Dstampede.relay.profile=artemis",
                "-Dstampede.relay.addresses=" + broker.address(),
                "-Dstampede.relay.back-off.most=1000",
                "-Dstampede.access=open");
    }

    @AfterAll
    static void stop() throws Exception {
        servers.forEach(ServerProcess::close);
        broker.close();
    }

    private static StompSocket client(int server) {
        return StompSocket.connect(servers.get(server).endpoint("/"));
    }

    private static void subscribe(StompSocket client, String id, String destination, String... headers) {
        client.text("SUBSCRIBE\nid:" + id + "\ndestination:" + destination + "\nreceipt:" + id + "\n"
                + String.join("", List.of(headers)) + "\n^@");
        Frame receipt = client.next();
        while (receipt.command() != Command.RECEIPT) {
            receipt = client.next();
        }
    }

    /** The next frame of a subscription, whatever else comes. */
    private static Frame next(StompSocket client, String subscription) {
        Frame frame = client.next();
        while (!frame.header("subscription").orElse("").equals(subscription)) {
            assertThat(frame.command()).isNotEqualTo(Command.ERROR);
            frame = client.next();
        }
        return frame;
    }

    @Test
    @Order(1)
    void theyAreOneAndOutliveTheBroker() throws Exception {
        try (var ann = trader(0);
                var bob = client(1)) {
            for (StompSocket client : List.of(ann, bob)) {
                subscribe(client, "trades", "/topic/trades");
                subscribe(client, "errors", "/user/queue/errors");
            }
            // Topics cross.
            ann.text(ORDER);
            assertThat(next(ann, "trades").bodyText()).contains("MMM");
            assertThat(next(bob, "trades").bodyText()).contains("MMM");
            // Queues cross, and wait for somebody.
            ann.text("SEND\ndestination:/queue/work\nreceipt:sent\n\njob^@");
            assertThat(ann.next().header("receipt-id")).contains("sent");
            subscribe(bob, "work", "/queue/work", "ack:client\n");
            Frame job = next(bob, "work");
            assertThat(job.bodyText()).isEqualTo("job");

            // Requests and their replies cross.
            subscribe(bob, "ask", "/topic/ask");
            ann.text("SEND\ndestination:/topic/ask\nreply-to:/temp-queue/r\n\nwho?^@");
            String address = next(bob, "ask").header("reply-to").orElseThrow();
            bob.text("SEND\ndestination:" + address + "\n\nbob^@");
            assertThat(next(ann, "/temp-queue/r").bodyText()).isEqualTo("bob");

            for (ServerProcess server : servers) {
                awaitReadiness(server, 200);
            }
            broker.kill();
            for (ServerProcess server : servers) {
                awaitReadiness(server, 503);
            }
            // Who was not heard is told so, and stays.
            await().atMost(ofSeconds(30)).until(() -> {
                ann.text(ORDER);
                return next(ann, "errors").bodyText().contains("broker-away");
            });
            broker.start();
            await().atMost(ofSeconds(30)).until(() -> {
                ann.text("SEND\ndestination:/queue/more\nreceipt:back\n\nmore^@");
                Frame answer = ann.next();
                while (answer.command() == Command.MESSAGE
                        && !answer.header("subscription").orElse("").equals("errors")) {
                    answer = ann.next();
                }
                return answer.command() == Command.RECEIPT;
            });
            // What was not acknowledged comes again, on the connection that Bob still has.
            Frame again = next(bob, "work");
            assertThat(again.bodyText()).isEqualTo("job");
            for (ServerProcess server : servers) {
                awaitReadiness(server, 200);
            }
            bob.text("ACK\nid:" + again.header("ack").orElseThrow() + "\nreceipt:acked\n\n^@");
            ann.text(ORDER);
            assertThat(next(bob, "trades").bodyText()).contains("MMM");
        }
    }

    private static void awaitReadiness(ServerProcess server, int status) {
        var checks = new ArrayList<>(List.of("/rest/ready"));
        if (System.getProperty("stampede.server", "payara").equals("payara")) {
            // Only this one has MicroProfile Health.
            checks.add("/health/ready");
        }
        for (String check : checks) {
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(server, check)).isEqualTo(status));
        }
    }

    private static int status(ServerProcess server, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.page(path)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static StompSocket trader(int server) {
        var trader = StompSocket.logIn(servers.get(server).endpoint("/"), "trader", "bulls-and-bears");
        assertThat(trader.next().command()).isEqualTo(Command.CONNECTED);
        return trader;
    }

    /** What is replied to a question. */
    private static String ask(StompSocket client, String about) {
        client.text("SEND\ndestination:/app/everywhere." + about + "\nreply-to:/temp-queue/told\n\ntrader^@");
        return next(client, "/temp-queue/told").bodyText();
    }

    @Test
    @Order(2)
    void aUserIsFoundAndSentAwayWhereverHeIsAndNobodyForgesThat() {
        try (var here = trader(0);
                var there = trader(1);
                var asking = client(0)) {
            await().atMost(ofSeconds(30))
                    .until(() -> ask(asking, "user"), "2 sessions, by 2 servers, 0 silent"::equals);
            // Whoever could speak to servers as a server does could do the same.
            try (var forger = client(1)) {
                String question = "SEND\ndestination:/servers/ask\n\n"
                        + "{\"from\":\"x\",\"number\":1,\"about\":\"DISCONNECT_USER\",\"name\":\"trader\",\"reason\":\"x\"}\0";
                forger.text("SEND\ndestination:/topic/stampede.neighbours\ncontent-length:" + question.length() + "\n\n"
                        + question + "^@");
                assertThat(forger.next().command()).isEqualTo(Command.ERROR);
            }
            assertThat(here.isSilentUpToReceipt("still")).isTrue();
            assertThat(there.isSilentUpToReceipt("still")).isTrue();

            assertThat(ask(asking, "disconnect")).isEqualTo("2 sessions, by 2 servers, 0 silent");
            for (StompSocket gone : List.of(here, there)) {
                assertThat(gone.next().header("message")).contains("Sent away.");
                assertThat(gone.closeCode()).isEqualTo(1008);
            }
            assertThat(ask(asking, "user")).isEqualTo("0 sessions, by 2 servers, 0 silent");
        }
    }

    @Test
    @Order(3)
    void usersOfAServerThatStopsGoOnAtTheOther() throws Exception {
        usersGoOnAtTheOther(0, ServerProcess::stop);
        // Nobody waits for who has said good-bye.
        try (var asking = client(1)) {
            assertThat(ask(asking, "user")).isEqualTo("0 sessions, by 1 servers, 0 silent");
        }
    }

    @Test
    @Order(4)
    void usersOfAServerThatDiesGoOnAtTheOther() throws Exception {
        servers.get(0).start();
        usersGoOnAtTheOther(1, ServerProcess::kill);
    }

    /** Two clients, one that sends and one that consumes, on a server that ends in the middle. */
    private static void usersGoOnAtTheOther(int first, Consumer<ServerProcess> end) throws Exception {
        String queue = "/queue/flow-" + first;
        var handled = new LinkedBlockingQueue<String>();
        var events = new RecordedEvents();
        try (var balancer = new LoadBalancer(
                        servers.get(first).port(), servers.get(1 - first).port());
                var sending = client(balancer, events);
                var consuming = client(balancer, new RecordedEvents())) {
            ClientSession consumer = done(consuming.connect());
            done(consumer.subscribe(queue, AckMode.CLIENT_INDIVIDUAL, Map.of("prefetch-count", "10"), message -> {
                        handled.add(message.text());
                        message.ack();
                    })
                    .ready());
            ClientSession sender = done(sending.connect());
            var flow = new ConfirmedFlow(
                    body -> sender.send(queue, body), ConnectionLostException.class, NotConnectedException.class);
            flow.sendUpTo(200);
            var ended = CompletableFuture.runAsync(() -> end.accept(servers.get(first)));
            while (events.queue().isEmpty()) {
                flow.sendNext();
            }
            assertThat(Awaited.next(events.queue())).isEqualTo("disconnected");
            assertThat(Awaited.next(events.queue())).isEqualTo("reconnected");
            for (int i = 0; i < 200; i++) {
                flow.sendNext();
            }
            assertThat(flow.sendOne("end")).isTrue();
            ended.get(60, SECONDS);
            await().atMost(ofSeconds(30)).until(() -> handled.contains("end") && handled.containsAll(flow.confirmed()));
            assertThat(flow.tried()).as("none is invented").containsAll(handled);
            var firstTimes = new LinkedHashSet<>(handled);
            firstTimes.retainAll(flow.confirmed());
            assertThat(firstTimes).as("in order").containsExactlyElementsOf(flow.confirmed());
            assertThat(flow.confirmed()).hasSizeGreaterThan(300);
        }
    }

    private static StompClient client(LoadBalancer balancer, RecordedEvents events) {
        return StompClient.builder(balancer.endpoint("/"))
                .reconnect(ReconnectPolicy.backOff(Duration.ofMillis(100), ofSeconds(1)))
                .listener(events)
                .build();
    }

    @Test
    @Order(5)
    void undeployingLeavesNothing() {
        undeployLeavesNothing(servers.get(0));
    }

    private static void undeployLeavesNothing(ServerProcess server) {
        server.undeploy("/");
        var memory = server.memory();
        await().atMost(ofSeconds(90))
                .untilAsserted(() -> assertThat(memory.instances())
                        .doesNotContainKeys(
                                Connection.class.getName(),
                                RelayBroker.class.getName(),
                                "io.netty.channel.nio.NioEventLoop"));
        assertThat(memory.threads())
                .noneMatch(thread -> thread.contains("at io.netty.") || thread.contains("at org.stampede.broker."));
    }
}
