package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.stomp.Frame;

/** Snapshot, then live: no gap and no duplicate, whatever is published meanwhile. */
class SnapshotTest {

    /** A price, and how often it has changed. Thread-safe. */
    @ApplicationScoped
    static class Feed {

        @Inject
        Messenger messenger;

        private int latest;

        synchronized void change() {
            latest++;
            messenger.send("/topic/price", latest);
        }

        synchronized void snapshot(@Observes @Subscribed("/topic/price") SubscriptionEvent subscription) {
            subscription.sendSnapshot(latest);
        }
    }

    /** Publishes while a subscription begins. */
    @ApplicationScoped
    static class Meddler {

        @Inject
        Messenger messenger;

        void snapshot(@Observes @Subscribed("/topic/m.*") SubscriptionEvent subscription) {
            messenger.send("/topic/m.a", "a before");
            messenger.send("/topic/m.b", "b before");
            subscription.sendSnapshot("/topic/m.a", "a");
            messenger.send("/topic/m.a", "a after");
        }
    }

    private TestApplication app;

    @BeforeEach
    void deploy() {
        app = TestApplication.of(Feed.class, Meddler.class);
    }

    @AfterEach
    void close() throws Exception {
        app.close();
    }

    @Test
    void aSnapshotTakesThePlaceOfWhatCameBeforeItAtItsDestination() {
        var client = app.connect().say("SUBSCRIBE\nid:0\ndestination:/topic/m.*\n\n^@");
        assertThat(client.wire)
                .sent(MESSAGE, "destination:/topic/m.a")
                .withBody("a")
                .sent(MESSAGE, "destination:/topic/m.b")
                .withBody("b before")
                .sent(MESSAGE, "destination:/topic/m.a")
                .withBody("a after")
                .isExhausted();
    }

    @RepeatedTest(20)
    void eachChangeIsSeenOnceWhateverIsPublishedMeanwhile() {
        int changes = 500;
        var feed = app.bean(Feed.class);
        var publisher =
                CompletableFuture.runAsync(() -> IntStream.range(0, changes).forEach(i -> feed.change()));
        var client = app.connect().say("SUBSCRIBE\nid:0\ndestination:/topic/price\n\n^@");
        publisher.join();
        List<Integer> seen = client.wire.frames().stream()
                .filter(frame -> frame.command() == MESSAGE)
                .map(Frame::bodyText)
                .map(Integer::valueOf)
                .toList();
        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(seen.get(0), changes).boxed().toList());
    }
}
