package org.stampede.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.transaction.Status;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.StompSessions;
import org.stampede.stomp.Frame;
import org.stampede.testing.OpenAccess;
import org.stampede.testing.StompSocket;

/** Handlers, messenger and events within a real server: the test runs in the container, its client speaks to it from there. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {

    private static final String JAVA_OF_THE_BUILD = "java-of-the-build";

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("stampede.war")))
                .addClasses(EchoDesk.class, EchoDesk.Note.class, EchoDesk.Tally.class, EchoDesk.Unit.class)
                .addClasses(EchoDesk.Town.class, Tower.class)
                .addClasses(EchoDesk.Basket.class, EchoDesk.Gate.class)
                .addClasses(NewsResource.class, NewsResource.Rest.class, NewsResource.Headline.class)
                .addClasses(NewsResource.Desk.class, NewsDeadline.class)
                .addClass(OpenAccess.class)
                .addClasses(StompSocket.class, StompSocket.Received.class)
                .addAsResource(new StringAsset(Runtime.version().toString()), JAVA_OF_THE_BUILD)
                .addAsLibraries(Stream.of("assertj.jar", "awaitility.jar", "hamcrest.jar")
                        .map(jar -> new File(System.getProperty(jar)))
                        .toArray(File[]::new));
    }

    @ArquillianResource
    URL url;

    @Inject
    Messenger messenger;

    @Inject
    EchoDesk desk;

    @Inject
    EchoDesk.Town town;

    @Inject
    Tower tower;

    @Inject
    NewsDeadline deadline;

    @Inject
    StompSessions sessions;

    private StompSocket client;

    @BeforeEach
    void connect() {
        desk.seen().clear();
        client = StompSocket.connect(StompSocket.endpointOf(url));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aHandlerGetsItsPayloadAndRepliesToTheSenderAlone() {
        client.text("SUBSCRIBE\nid:e\ndestination:/user/queue/echo\n\n^@");
        for (int i = 0; i < 2; i++) {
            client.text("SEND\ndestination:/app/note.blue\n\n{\"text\":\"hello\",\"stars\":3}^@");
            Frame echo = client.next();
            assertThat(echo.bodyText()).isEqualTo("blue hello 1");
            assertThat(echo.header("destination")).contains("/user/queue/echo");
        }
    }

    @Test
    void aHandlerGetsVariablesAndHeadersAndItsResultIsSent() {
        client.text("SUBSCRIBE\nid:t\ndestination:/topic/total.*\n\n^@");
        client.text("SEND\ndestination:/app/total.blue.2025-11-30\nfactor:3\nunit:KILO\n\n14^@");
        Frame total = client.next();
        assertThat(total.header("destination")).contains("/topic/total.blue");
        assertThat(total.bodyText()).isEqualTo("42");
        assertThat(desk.seen()).contains("total 2025-11-30 Optional[KILO] Optional.empty");
        client.text("SUBSCRIBE\nid:p\ndestination:/user/queue/errors\n\n^@");
        client.text("SEND\ndestination:/app/total.blue.today\nreceipt:r\n\n14^@");
        assertThat(client.next().bodyText()).contains("\"status\":400", "\"path\":\"{day}\"", "\"path\":\"factor\"");
    }

    @Test
    void aRequestIsRepliedToWhenTheResultIsThere() {
        client.text("SEND\ndestination:/app/later\nreply-to:/temp-queue/r\ncorrelation-id:7\nreceipt:1\n\nword^@");
        Frame reply = client.next();
        assertThat(reply.header("subscription")).contains("/temp-queue/r");
        assertThat(reply.header("correlation-id")).contains("7");
        assertThat(reply.bodyText()).isEqualTo("{\"stars\":1,\"text\":\"word\"}");
        assertThat(client.next().header("receipt-id")).contains("1");
    }

    @Test
    void whatPlainAndEnterpriseBeansReturnIsSent() {
        client.text("SUBSCRIBE\nid:a\ndestination:/topic/town\n\n^@");
        client.text("SUBSCRIBE\nid:b\ndestination:/topic/tower\nreceipt:s\n\n^@")
                .next();
        town.cry("this");
        assertThat(client.next().bodyText()).isEqualTo("hear this");
        tower.strike(2);
        assertThat(client.next().bodyText()).isEqualTo("bong bong");
        tower.wind();
        assertThat(client.next().bodyText()).isEqualTo("hear the hour");
    }

    private HttpResponse<String> post(String path, String text) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url.toString().replaceFirst("/?$", "/rest/" + path)))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void assertAnswered(HttpResponse<String> response, String text) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(text);
        Frame news = client.next();
        assertThat(news.header("destination")).contains("/topic/news");
        assertThat(news.bodyText()).isEqualTo(text);
    }

    @Test
    void whatAResourceAnswersIsSentToSubscribersToo() throws Exception {
        client.text("SUBSCRIBE\nid:n\ndestination:/topic/news\nreceipt:s\n\n^@").next();
        assertAnswered(post("news", "rain"), "news: rain");
        assertAnswered(post("news/json", "rain"), "{\"size\":4,\"title\":\"rain\"}");
        assertAnswered(post("news/later", "sun"), "later: sun");
        assertThat(post("news/fail", "news").statusCode()).isEqualTo(500);
        assertThat(client.isSilentUpToReceipt("end")).isTrue();
    }

    /** There is nobody to send to: the call fails rather than to go unheard. */
    @Test
    void aResourceThatAnswersItsUserNeedsOne() throws Exception {
        assertThat(post("news/mine", "rain").statusCode()).isEqualTo(500);
    }

    @Test
    void whatABeanOfATimerReturnsIsSent() {
        client.text("SUBSCRIBE\nid:n\ndestination:/topic/news\n\n^@");
        client.text("SUBSCRIBE\nid:a\ndestination:/topic/archive\nreceipt:s\n\n^@")
                .next();
        deadline.soon();
        for (String topic : new String[] {"/topic/news", "/topic/archive"}) {
            Frame headline = client.next();
            assertThat(headline.header("destination")).contains(topic);
            assertThat(headline.bodyText()).isEqualTo("{\"size\":7,\"title\":\"evening\"}");
        }
    }

    @Test
    void problemsReachTheSenderAndTheSessionGoesOn() {
        client.text("SUBSCRIBE\nid:p\ndestination:/user/queue/errors\n\n^@");
        client.text("SEND\ndestination:/app/note.blue\nreceipt:r\n\n{\"text\":\"hello\",\"stars\":9}^@");
        assertThat(client.next().bodyText()).contains("\"status\":422", "\"receipt-id\":\"r\"", "\"path\":\"stars\"");
        client.text("SEND\ndestination:/app/note.blue\n\n{\"text\",3}^@");
        assertThat(client.next().bodyText()).contains("\"status\":400", "line 1, column");
        client.text("SEND\ndestination:/app/fail\n\nword^@");
        assertThat(client.next().bodyText()).contains("\"status\":500").doesNotContain("secret");
        assertThat(client.isSilentUpToReceipt("on")).isTrue();
        assertThat(desk.seen()).contains("failure 422", "failure 400", "failure 500");
    }

    @Test
    void theMessengerSpeaksToTopicsFromAnyThread() throws InterruptedException {
        client.text("SUBSCRIBE\nid:t\ndestination:/topic/news\nreceipt:s\n\n^@").next();
        var speaker = new Thread(() -> messenger.send("/topic/news", Map.of("title", "live"), Map.of("kind", "test")));
        speaker.start();
        Frame news = client.next();
        assertThat(news.bodyText()).isEqualTo("{\"title\":\"live\"}");
        assertThat(news.header("kind")).contains("test");
        assertThat(news.header("content-type")).contains("application/json");
        speaker.join();
    }

    @Test
    void lifeCyclesAreToldOnce() {
        client.text("SUBSCRIBE\nid:r\ndestination:/topic/room.red\nreceipt:s\n\n^@");
        assertThat(client.next().header("receipt-id")).contains("s");
        assertThat(client.next().bodyText()).isEqualTo("welcome");
        client.text("DISCONNECT\nreceipt:d\n\n^@").next();
        assertThat(client.closeCode()).isEqualTo(1000);
        Awaitility.await().until(() -> desk.seen().stream().anyMatch(line -> line.startsWith("disconnected")));
        assertThat(desk.seen())
                .filteredOn(line -> line.contains("subscribed"))
                .containsExactly("subscribed red", "unsubscribed red");
        assertThat(desk.seen()).filteredOn(line -> line.contains("connected")).isNotEmpty();
    }

    @Test
    void aSessionsBeansLiveAsLongAsIt() {
        desk.ended().clear();
        client.text("SUBSCRIBE\nid:e\ndestination:/user/queue/echo\n\n^@");
        try (var other = StompSocket.connect(StompSocket.endpointOf(url))) {
            other.text("SUBSCRIBE\nid:e\ndestination:/user/queue/echo\n\n^@");
            for (int i = 1; i <= 2; i++) {
                client.text("SEND\ndestination:/app/basket\n\nx^@");
                assertThat(client.next().bodyText()).isEqualTo("marked " + i);
            }
            other.text("SEND\ndestination:/app/basket\n\nx^@");
            assertThat(other.next().bodyText()).isEqualTo("marked 1");
        }
        Awaitility.await().until(() -> desk.ended().size() == 1);
        client.text("DISCONNECT\nreceipt:d\n\n^@").next();
        Awaitility.await().until(() -> desk.ended().size() == 2);
        assertThat(desk.ended()).containsExactly("basket of 1", "basket of 2");
    }

    @Test
    void sessionsAreFoundAndSentAwayWithAReason() {
        client.text("SUBSCRIBE\nid:f\ndestination:/topic/feed.red\nreceipt:s\n\n^@")
                .next();
        var found = sessions.subscribedTo("/topic/feed.red");
        assertThat(found).hasSize(1);
        assertThat(sessions.count()).isPositive();
        assertThat(sessions.disconnect(found.get(0).sessionId(), "Closing time."))
                .isTrue();
        Frame error = client.next();
        assertThat(error.command().name()).isEqualTo("ERROR");
        assertThat(error.header("message")).contains("Closing time.");
        assertThat(client.closeCode()).isEqualTo(1008);
        Awaitility.await().until(() -> desk.seen().contains("stop red"));
        assertThat(desk.seen()).filteredOn(line -> line.endsWith(" red")).containsExactly("start red", "stop red");
    }

    @Test
    void interceptorsChangeAndRefuseFrames() {
        client.text("SUBSCRIBE\nid:e\ndestination:/user/queue/echo\n\n^@");
        client.text("SEND\ndestination:/app/basket\n\nx^@");
        assertThat(client.next().header("seen-by")).contains("gate");
        client.text("SEND\ndestination:/app/basket\nmark:red\n\nx^@");
        assertThat(client.next().header("message")).contains("Marked: red");
        assertThat(client.closeCode()).isEqualTo(1008);
    }

    @Test
    void aClientThatIsFasterThanItsHandlerIsSlowedDown() {
        String message = "SEND\ndestination:/app/slow\n\n" + "x".repeat(64 * 1024) + "^@";
        int many = 1_000;
        int sent = client.sendUntilStuck(message, many);
        assertThat(sent).as("messages that the server and the network hold").isLessThan(many / 2);
        desk.work(many);
        assertThat(client.isSilentUpToReceipt("all")).isTrue();
    }

    @Test
    void aTransactionThatAHandlerLeavesOpenIsNotThatOfTheNextOne() {
        for (int i = 0; i < 20; i++) {
            try (var another = StompSocket.connect(StompSocket.endpointOf(url))) {
                another.text("SUBSCRIBE\nid:0\ndestination:/user/queue/errors\n\n^@");
                another.text("SEND\ndestination:/app/forgetful\n\nx^@");
                assertThat(another.next().bodyText()).contains("\"status\":500");
            }
        }
        assertThat(desk.seen())
                .filteredOn(line -> line.startsWith("transaction"))
                .hasSize(20)
                .containsOnly("transaction " + Status.STATUS_NO_TRANSACTION);
    }

    @Test
    void theIdleTimerOfTyrusCanStillBeStopped() throws ReflectiveOperationException {
        String type = "org/glassfish/tyrus/core/TyrusSession.class";
        var loader = Thread.currentThread().getContextClassLoader();
        // Other servers have another implementation of WebSocket.
        if (loader.getResource(type) != null) {
            var session = loader.loadClass(type.replace(".class", "").replace('/', '.'));
            var scheduler = session.getDeclaredField("service");
            assertThat(scheduler.getType()).isEqualTo(ScheduledExecutorService.class);
            assertThat(scheduler.trySetAccessible()).isTrue();
        }
    }

    @Test
    void theServerRunsOnTheJavaOfTheBuild() throws IOException {
        try (var file = InContainerIT.class.getResourceAsStream("/" + JAVA_OF_THE_BUILD)) {
            assertThat(file).hasContent(Runtime.version().toString());
        }
    }
}
