package org.stampede.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.io.File;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.messaging.Problem;
import org.stampede.stocks.Quote;
import org.stampede.stocks.Trade;
import org.stampede.stomp.AckMode;
import org.stampede.testing.OpenAccess;
import org.stampede.testing.RecordedEvents;

/** The Java client with the WAR as it is built, but open to all, on a real server. {@code docs/client.md} shows the code of these tests. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StompClientIT {

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("stampede.war")))
                .addClass(OpenAccess.class);
    }

    /** What a trader asks for. */
    public record Order(String action, String ticker, int shares) {}

    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/stampede/stomp");
    private final StompClient client = StompClient.builder(server).build();

    @AfterEach
    void closeClient() {
        client.close();
    }

    private ClientSession connected() throws Exception {
        return done(client.connect());
    }

    @Test
    void liveQuotesComeAsObjects() throws Exception {
        ClientSession session = connected();
        BlockingQueue<Quote> quotes = new LinkedBlockingQueue<>();
        session.subscribe("/topic/price.stock.*", Quote.class, quotes::add);
        assertThat(next(quotes).price()).isPositive();
        assertThat(next(quotes).ticker()).isNotEmpty();
    }

    @Test
    void aTradeIsConfirmedToTheTrader() throws Exception {
        try (var trader = StompClient.builder(server)
                .credentials("trader", "bulls-and-bears")
                .build()) {
            ClientSession session = done(trader.connect());
            BlockingQueue<Trade> trades = new LinkedBlockingQueue<>();
            done(session.subscribe("/user/queue/trades", Trade.class, trades::add)
                    .ready());
            done(session.send("/queue/trade", new Order("BUY", "MMM", 44)));
            Trade trade = next(trades);
            assertThat(trade.ticker()).isEqualTo("MMM");
            assertThat(trade.shares()).isEqualTo(44);
        }
    }

    @Test
    void anOrderThatIsWrongEarnsAProblem() throws Exception {
        ClientSession session = connected();
        BlockingQueue<Problem> problems = new LinkedBlockingQueue<>();
        done(session.subscribeToProblems(problems::add).ready());
        var sent = session.send("/queue/trade", new Order("BUY", "MMM", -1));
        Problem problem = next(problems);
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.receiptId()).get().asString().startsWith("receipt-");
        assertThat(problem(sent)).isEqualTo(problem);
    }

    private static Problem problem(CompletionStage<?> stage) {
        var failure = catchThrowableOfType(ExecutionException.class, () -> done(stage));
        assertThat(failure).hasCauseInstanceOf(ProblemException.class);
        return ((ProblemException) failure.getCause()).problem();
    }

    @Test
    void aRequestThatIsWrongFailsWithItsProblem() throws Exception {
        ClientSession session = connected();
        Problem problem = problem(session.request("/queue/trade", new Order("BUY", "MMM", -1), Trade.class));
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.destination()).isEqualTo("/queue/trade");
        assertThat(problem.violations()).extracting(Problem.Violation::path).containsExactly("shares");
    }

    @Test
    void aClientMayAskAnother() throws Exception {
        ClientSession worker = connected();
        done(worker.subscribe("/queue/client.work", ReceivedMessage.class, work -> work.reply(work.text() + ", done"))
                .ready());
        ClientSession session = connected();
        assertThat(done(session.request("/queue/client.work", "first", String.class)))
                .isEqualTo("first, done");
        assertThat(done(session.request("/queue/client.work", "second", String.class)))
                .isEqualTo("second, done");
    }

    @Test
    void aRequestThatNobodyRepliesToFailsInTime() throws Exception {
        try (StompClient impatient =
                StompClient.builder(server).replyTime(Duration.ofMillis(300)).build()) {
            ClientSession session = done(impatient.connect());
            var failure = catchThrowableOfType(
                    ExecutionException.class,
                    () -> done(session.request("/topic/client.nobody", "hello?", String.class)));
            assertThat(failure).hasCauseInstanceOf(ReplyTimeoutException.class);
            done(session.send("/topic/client.alive", "still here"));
        }
    }

    @Test
    void aPlainJdkIsEnough() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("stampede.lib"),
                        "src/test/java/org/stampede/client/PlainJdkProgram.java",
                        server.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = program.inputReader(UTF_8)) {
            assertThat(output.lines().filter(line -> !line.startsWith("warning")))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("[text, octets]"),
                            line -> assertThat(line).contains("400", "The body is not JSON", "/queue/trade"),
                            line -> assertThat(line).contains("Jakarta JSON Binding on the class path"),
                            line -> assertThat(line).isEqualTo("CLOSED"));
            assertThat(program.waitFor()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void whatIsNotProcessedComesAgain() throws Exception {
        ClientSession session = connected();
        BlockingQueue<ReceivedMessage> seen = new LinkedBlockingQueue<>();
        session.subscribe("/queue/client.jobs", AckMode.CLIENT_INDIVIDUAL, Map.of(), message -> {
            if (message.header("redelivered").isPresent()) {
                message.ack();
            } else {
                message.nack();
            }
            // Last, so that the answer is on its way when the test goes on and disconnects.
            seen.add(message);
        });
        done(session.send("/queue/client.jobs", "job"));
        assertThat(next(seen).text()).isEqualTo("job");
        assertThat(next(seen).header("redelivered")).contains("true");
        done(session.disconnect());

        ClientSession other = connected();
        BlockingQueue<String> left = new LinkedBlockingQueue<>();
        done(other.subscribe("/queue/client.jobs", String.class, left::add).ready());
        done(other.send("/queue/client.jobs", "next"));
        assertThat(next(left)).isEqualTo("next");
    }

    @Test
    void aTransactionTakesEffectAsAWholeOrNotAtAll() throws Exception {
        ClientSession session = connected();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        done(session.subscribe("/queue/client.tx", String.class, seen::add).ready());

        done(session.begin().send("/queue/client.tx", "never").abort());
        Transaction transaction = session.begin();
        transaction.send("/queue/client.tx", "one").send("/queue/client.tx", "two");
        done(session.send("/queue/client.tx", "before"));
        done(transaction.commit());

        assertThat(next(seen)).isEqualTo("before");
        assertThat(next(seen)).isEqualTo("one");
        assertThat(next(seen)).isEqualTo("two");
    }

    @Test
    void anAcknowledgementMayBePartOfATransaction() throws Exception {
        ClientSession session = connected();
        BlockingQueue<ReceivedMessage> jobs = new LinkedBlockingQueue<>();
        BlockingQueue<String> results = new LinkedBlockingQueue<>();
        session.subscribe("/queue/client.in", AckMode.CLIENT_INDIVIDUAL, Map.of(), jobs::add);
        session.subscribe("/queue/client.out", String.class, results::add);
        done(session.send("/queue/client.in", "2"));
        done(session.begin().ack(next(jobs)).send("/queue/client.out", "4").commit());
        assertThat(next(results)).isEqualTo("4");
    }

    @Test
    void octetsTravelAsTheyAre() throws Exception {
        ClientSession session = connected();
        byte[] octets = {(byte) 0xC3, 0x28, 0, (byte) 0xFF};
        BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();
        session.subscribe("/topic/client.octets", byte[].class, seen::add);
        done(session.send("/topic/client.octets", octets));
        assertThat(next(seen)).isEqualTo(octets);
    }

    @Test
    void whatTheServerRefusesFailsWithItsWordsAndTheSessionGoesOn() throws Exception {
        var heard = new RecordedEvents();
        try (StompClient listening = StompClient.builder(server).listener(heard).build()) {
            ClientSession session = done(listening.connect());
            var refused = session.subscribe("/topic/" + "a.".repeat(40) + "z", String.class, text -> {});
            var failure = catchThrowableOfType(ExecutionException.class, () -> done(refused.ready()));
            assertThat(failure).hasCauseInstanceOf(StompErrorException.class);
            assertThat(((StompErrorException) failure.getCause()).detail()).isNotEmpty();
            assertThat(next(heard.queue())).startsWith("error: ");
            assertThat(next(heard.queue())).isEqualTo("disconnected");
            assertThat(next(heard.queue())).isEqualTo("reconnected");
            done(session.send("/topic/client.alive", "still here"));
        }
    }

    @Test
    void disconnectEndsTheSessionCleanly() throws Exception {
        ClientSession session = connected();
        session.sendUnconfirmed("/topic/client.last", "words", Map.of());
        done(session.disconnect());
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void anAddressWithoutAServerFails() {
        URI nowhere = URI.create(server + "/nowhere");
        try (StompClient lost = StompClient.builder(nowhere).build()) {
            var failure = catchThrowableOfType(ExecutionException.class, () -> done(lost.connect()));
            assertThat(failure)
                    .hasCauseInstanceOf(ConnectionLostException.class)
                    .extracting(e -> e.getCause().getCause())
                    .isInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void aSlowHandlerSlowsReadingAndLosesNothing() throws Exception {
        int count = 2_000;
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        try (StompClient slow =
                StompClient.builder(server).incoming(10, 100_000).build()) {
            ClientSession reading = done(slow.connect());
            done(reading.subscribe("/topic/client.flood", Integer.class, number -> {
                        // Slower than the messages come.
                        LockSupport.parkNanos(500_000);
                        seen.add(number);
                    })
                    .ready());
            ClientSession writing = connected();
            for (int i = 0; i < count; i++) {
                writing.sendUnconfirmed("/topic/client.flood", i, Map.of());
            }
            Awaitility.await().atMost(60, SECONDS).until(() -> seen.size() == count);
        }
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
    }

    @Test
    void heartBeatsKeepASilentSessionAlive() throws Exception {
        try (StompClient beating = StompClient.builder(server)
                .heartBeat(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .reconnect(ReconnectPolicy.off())
                .build()) {
            ClientSession session = done(beating.connect());
            Awaitility.await()
                    .during(Duration.ofSeconds(25))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> session.state() == SessionState.CONNECTED);
            done(session.send("/topic/client.alive", "still here"));
        }
    }

    @Test
    void noThreadIsLeftBehind() throws Exception {
        done(connected().disconnect());
        long before = threads("HttpClient-.*-SelectorManager");
        for (int i = 0; i < 50; i++) {
            try (StompClient client = StompClient.builder(server).build()) {
                ClientSession session = done(client.connect());
                done(session.send("/topic/client.client", i));
                done(session.disconnect());
            }
        }
        client.close();
        Awaitility.await("the threads of the clients end")
                .atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(threads("stampede-client-.*")).isZero());
        // Fewer, if those of tests before have ended meanwhile.
        assertThat(threads("HttpClient-.*-SelectorManager")).isLessThanOrEqualTo(before);
    }

    @Test
    void clientsThatComeAndGoHurtNobody() throws Exception {
        var threads = Executors.newFixedThreadPool(6);
        try {
            var visits = IntStream.range(0, 1_000)
                    .mapToObj(i -> CompletableFuture.runAsync(this::visit, threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(visits).get(2, MINUTES);
        } finally {
            threads.shutdownNow();
        }
    }

    private void visit() {
        try (StompClient visitor = StompClient.builder(server).build()) {
            ClientSession session = done(visitor.connect());
            done(session.send("/topic/client.visit", "hello"));
            done(session.disconnect());
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static long threads(String pattern) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches(pattern))
                .count();
    }
}
