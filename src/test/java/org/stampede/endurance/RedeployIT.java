package org.stampede.endurance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.client.ClientSession;
import org.stampede.client.ReconnectPolicy;
import org.stampede.client.StompClient;
import org.stampede.library.ChatArchive;
import org.stampede.server.Connections;
import org.stampede.server.StompServer;
import org.stampede.session.Connection;
import org.stampede.stomp.Command;
import org.stampede.testing.RecordedEvents;
import org.stampede.testing.StompSocket;
import org.stampede.testing.server.ServerMemory;
import org.stampede.testing.server.ServerProcess;
import org.stampede.transport.Inbox;
import org.stampede.transport.Outbox;
import org.stampede.websocket.StompEndpoint;

/** Applications come and go on a running server while clients are connected, and leave nothing behind. */
class RedeployIT {

    /** After so many the pools of the server have about the size that they need. */
    private static final int SETTLED = 5;

    /**
     * So many class loaders the JDK keeps: it makes the methods of records from four method handles (the equality of references, equals,
     * hashCode and toString), each of which remembers the class that it was last adapted to.
     */
    private static final long BY_METHODS_OF_RECORDS = 4;

    /** What is alive as long as an application is. */
    private static final String[] STATE = Stream.of(
                    StompServer.class,
                    Connections.class,
                    Connection.class,
                    Outbox.class,
                    Inbox.class,
                    EmbeddedBroker.class)
            .map(Class::getName)
            .toArray(String[]::new);

    private static final String EVERYBODY = "SUBSCRIBE\nid:news\ndestination:/topic/news\nreceipt:listening\n\n^@";
    private static final String JOBS = "SUBSCRIBE\nid:jobs\ndestination:/queue/jobs\nack:client\n\n^@";
    private static final String JOB = "SEND\ndestination:/queue/jobs\n\njob^@";

    /** What is only softly held would go if memory were scarce, so here it goes at once. */
    private static final ServerProcess SERVER =
            new ServerProcess("redeploy", "-Xmx512m", "-XX:SoftRefLRUPolicyMSPerMB=0", "-Dstampede.access=open");

    private final RecordedEvents events = new RecordedEvents();
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @Test
    void theSampleLeavesNothingBehind() throws Exception {
        redeploy(Path.of(System.getProperty("stampede.war")), "/", 20);
    }

    @Test
    void anApplicationWithTheLibraryLeavesNothingBehind() throws Exception {
        File chat = new File("target/servers/chat.war");
        ChatArchive.withoutBeansXml("chat.war").as(ZipExporter.class).exportTo(chat, true);
        redeploy(chat.toPath(), "/chat", 10);
    }

    private void redeploy(Path war, String context, int times) throws Exception {
        ServerMemory memory = SERVER.memory();
        SERVER.deploy(war, context);
        Use settled = Use.of(memory);
        try (StompClient client = reconnecting(context)) {
            ClientSession session = done(client.connect());
            done(session.subscribe("/topic/news", String.class, news::add).ready());
            for (int time = 1; time <= times; time++) {
                redeployUnderClients(war, context);
                settled = time == SETTLED ? Use.of(memory) : settled;
            }
            // The pools of the server may still grow, but not by one each time.
            Use before = settled;
            eventually(() -> hasGrownByLess(Use.of(memory), before, times - SETTLED));
            done(session.disconnect());
        }
        eventually(() -> assertThat(memory.instances())
                .doesNotContainKey(Connection.class.getName())
                .containsEntry(EmbeddedBroker.class.getName(), 1L));
        SERVER.undeploy(context);
        eventually(() -> assertThat(memory.instances()).doesNotContainKeys(STATE));
        assertThat(memory.threads())
                .noneMatch(thread ->
                        thread.contains("at org.stampede.") && !thread.contains(ServerProcess.class.getPackageName()));
        assertThat(memory.files()).noneMatch(file -> file.contains("(deleted)"));
        loadersThatTheServerKeeps()
                .ifPresent(most -> eventually(() -> assertThat(memory.loaders(StompEndpoint.class.getName()))
                        .as("class loaders")
                        .isLessThanOrEqualTo(most)));
    }

    private static void hasGrownByLess(Use now, Use before, int limit) {
        assertThat(now.threadsOfAll())
                .as("threads of %s, which had been %s", now, before)
                .isLessThan(before.threadsOfAll() + limit);
        assertThat(now.sockets()).isLessThan(before.sockets() + limit);
    }

    /** The threads of a pool that are idle for a minute end, and then hold nothing any more. */
    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(assertion);
    }

    /**
     * Class loaders of ended applications that no code of ours holds, and no state hangs on: some everywhere by the JDK, and more by
     * servers. Empty if it could be any number.
     */
    private static OptionalLong loadersThatTheServerKeeps() {
        return switch (System.getProperty("stampede.server", "payara")) {
            // The requests that its threads keep for later use know the endpoint that they were upgraded for.
            case "payara" -> OptionalLong.empty();
            // The core threads of its pools never end, and keep the context class loader that they were born with:
            // two of the XNIO worker, and two a processor of the managed executor.
            case "wildfly" ->
                OptionalLong.of(
                        BY_METHODS_OF_RECORDS + 2 + 2L * Runtime.getRuntime().availableProcessors());
            default -> OptionalLong.of(BY_METHODS_OF_RECORDS);
        };
    }

    /** What a server has in use, besides memory: threads, by their names without numbers, and sockets. */
    private record Use(Map<String, Long> threads, long sockets) {

        static Use of(ServerMemory memory) {
            return new Use(
                    memory.threads().stream()
                            .collect(Collectors.groupingBy(Use::name, TreeMap::new, Collectors.counting())),
                    memory.files().stream()
                            .filter(file -> file.startsWith("socket:"))
                            .count());
        }

        private static String name(String thread) {
            return thread.substring(1, thread.indexOf('"', 1)).replaceAll("\\d+", "");
        }

        long threadsOfAll() {
            return threads.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** A listener, a worker with a job in hand, a stranger who has not said CONNECT, and the Java client. */
    private void redeployUnderClients(Path war, String context) throws InterruptedException {
        try (var listener = StompSocket.connect(SERVER.endpoint(context));
                var worker = StompSocket.connect(SERVER.endpoint(context));
                var stranger = StompSocket.open(SERVER.endpoint(context))) {
            listener.text(EVERYBODY);
            assertThat(listener.next().command()).isEqualTo(Command.RECEIPT);
            worker.text(JOB).text(JOBS);
            assertThat(worker.next().bodyText()).isEqualTo("job");
            SERVER.undeploy(context);
            for (var client : List.of(listener, worker, stranger)) {
                assertThat(client.closeCode()).isEqualTo(1001);
            }
        }
        assertThat(next(events.queue())).isEqualTo("disconnected");
        SERVER.deploy(war, context);
        assertThat(next(events.queue())).isEqualTo("reconnected");
        try (var speaker = StompSocket.connect(SERVER.endpoint(context))) {
            await("the subscription is there again").pollDelay(Duration.ZERO).until(() -> {
                speaker.text("SEND\ndestination:/topic/news\n\nagain^@");
                return news.poll(100, MILLISECONDS) != null;
            });
        }
    }

    private StompClient reconnecting(String context) {
        return StompClient.builder(SERVER.endpoint(context))
                .reconnect(ReconnectPolicy.backOff(Duration.ofMillis(50), Duration.ofMillis(200)))
                .listener(events)
                .build();
    }
}
