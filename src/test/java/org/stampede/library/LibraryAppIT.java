package org.stampede.library;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.stampede.testing.Awaited.done;
import static org.stampede.testing.Awaited.next;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.client.ClientSession;
import org.stampede.client.PayloadType;
import org.stampede.client.ProblemException;
import org.stampede.client.ReceivedMessage;
import org.stampede.client.StompClient;
import org.stampede.library.app.Line;
import org.stampede.messaging.Problem;
import org.stampede.testing.StompSocket;

/**
 * Another application gets endpoint, broker and handlers by one jar in its {@code WEB-INF/lib}, without a beans.xml; the Java client
 * in the same jar talks to it. Each test has rooms and queues of its own.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LibraryAppIT {

    private static final PayloadType<List<Line>> LINES = new PayloadType<>() {};

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withoutBeansXml("chat.war");
    }

    private final URI server = URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/chat/stomp");
    private final StompClient client = StompClient.builder(server).build();

    @AfterEach
    void closeClient() {
        client.close();
    }

    private ClientSession entered(String name) throws Exception {
        ClientSession session = done(client.connect());
        assertThat(done(session.request("/app/enter", name, String.class))).isEqualTo("Welcome, " + name + "!");
        return session;
    }

    private static Problem problem(CompletionStage<?> stage) {
        var failure = catchThrowableOfType(ExecutionException.class, () -> done(stage));
        assertThat(failure).hasCauseInstanceOf(ProblemException.class);
        return ((ProblemException) failure.getCause()).problem();
    }

    @Test
    void frameByFrameAllItsPartsAnswer() {
        try (var socket = StompSocket.connect(server)) {
            ChatConversation.saySomething(socket, "hall");
        }
    }

    @Test
    void newcomersHearWhatWasSaidAndThenEachLineOnce() throws Exception {
        ClientSession ann = entered("ann");
        done(ann.send("/app/room.bar", Line.of("hello")));
        done(ann.send("/app/room.bar", Line.of("anybody?")));

        ClientSession bob = entered("bob");
        BlockingQueue<Line> heard = new LinkedBlockingQueue<>();
        done(bob.subscribe("/topic/room.bar", Line.class, heard::add).ready());
        done(bob.send("/app/room.bar", Line.of("me")));

        assertThat(next(heard)).isEqualTo(new Line("ann", "hello"));
        assertThat(next(heard)).isEqualTo(new Line("ann", "anybody?"));
        assertThat(next(heard)).isEqualTo(new Line("bob", "me"));
        done(bob.disconnect());
        assertThat(heard).isEmpty();
    }

    @Test
    void whoSaysSomethingIsToldAlone() throws Exception {
        ClientSession ann = entered("ann");
        ClientSession bob = entered("bob");
        BlockingQueue<Integer> saidByAnn = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> saidByBob = new LinkedBlockingQueue<>();
        done(ann.subscribe("/user/queue/said", Integer.class, saidByAnn::add).ready());
        done(bob.subscribe("/user/queue/said", Integer.class, saidByBob::add).ready());

        done(ann.send("/app/room.attic", Line.of("one")));
        assertThat(next(saidByAnn)).isEqualTo(1);
        done(bob.send("/app/room.attic", Line.of("two")));
        assertThat(next(saidByBob)).isEqualTo(2);
        assertThat(saidByAnn).isEmpty();
    }

    @Test
    void aRequestHasItsReply() throws Exception {
        ClientSession ann = entered("ann");
        assertThat(done(ann.request("/app/room.cellar.history", "", LINES))).isEmpty();
        done(ann.send("/app/room.cellar", Line.of("one")));
        done(ann.send("/app/room.cellar", Line.of("two")));
        List<Line> lines = done(ann.request("/app/room.cellar.history", "", LINES));
        assertThat(lines).containsExactly(new Line("ann", "one"), new Line("ann", "two"));

        ReceivedMessage last = done(ann.request("/app/room.cellar.history", "", Map.of("last", "1")));
        assertThat(last.header("content-type")).contains("application/json");
        assertThat(last.as(LINES)).containsExactly(new Line("ann", "two"));
    }

    @Test
    void whatIsWrongWithARequestFailsIt() throws Exception {
        ClientSession ann = entered("ann");
        Problem problem = problem(ann.request("/app/room.cellar.history", "", Map.of("last", "some")));
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.violations()).extracting(Problem.Violation::path).containsExactly("last");
    }

    @Test
    void whatItsConstraintsForbidIsToldToTheSender() throws Exception {
        ClientSession ann = entered("ann");
        BlockingQueue<Problem> problems = new LinkedBlockingQueue<>();
        done(ann.subscribeToProblems(problems::add).ready());
        var sent = ann.send("/app/room.hall", Line.of(" "));
        assertThat(next(problems).violations())
                .extracting(Problem.Violation::path)
                .containsExactly("text");
        assertThat(problem(sent).status()).isEqualTo(422);
    }

    @Test
    void whatAHandlerReturnsGoesToTheTopicOfItsRoom() throws Exception {
        ClientSession ann = entered("ann");
        BlockingQueue<String> typing = new LinkedBlockingQueue<>();
        done(ann.subscribe("/topic/room.*.typing", String.class, typing::add).ready());
        done(ann.send("/app/room.porch.typing", ""));
        assertThat(next(typing)).isEqualTo("ann");
    }

    @Test
    void howeverSomebodyLeavesTheOthersHearOfIt() throws Exception {
        BlockingQueue<String> left = new LinkedBlockingQueue<>();
        done(entered("ann").subscribe("/topic/left", String.class, left::add).ready());
        done(entered("polite bob").disconnect());
        try (var rude = StompSocket.connect(server)) {
            rude.text("SEND\ndestination:/app/enter\nreceipt:in\n\nrude carl^@");
            assertThat(rude.next().header("receipt-id")).contains("in");
            rude.abort();
        }
        Awaitility.await("who has left")
                .atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(left).contains("polite bob", "rude carl"));
    }

    @Test
    void itsBrokerKeepsWhatNobodyHasFetched() throws Exception {
        ClientSession session = done(client.connect());
        done(session.send("/queue/jobs", "work"));
        BlockingQueue<String> jobs = new LinkedBlockingQueue<>();
        session.subscribe("/queue/jobs", String.class, jobs::add);
        assertThat(next(jobs)).isEqualTo("work");
    }

    @Test
    void nothingOfTheSampleIsThere() {
        try (var socket = StompSocket.connect(server)) {
            socket.text("SUBSCRIBE\nid:0\ndestination:/topic/trades\n\n^@")
                    .text("SUBSCRIBE\nid:1\ndestination:/topic/price.stock.*\n\n^@")
                    .text("SEND\ndestination:/queue/trade\n\n{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":4}^@");
            assertThat(socket.isSilentUpToReceipt("end")).isTrue();
        }
    }
}
