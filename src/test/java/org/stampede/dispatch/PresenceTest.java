package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Connected;
import org.stampede.messaging.DestinationEvent;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.FirstSubscribed;
import org.stampede.messaging.LastUnsubscribed;
import org.stampede.messaging.Offline;
import org.stampede.messaging.Online;
import org.stampede.messaging.PresenceEvent;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;

/** Users who come and go, and feeds that start and stop. */
@Timeout(60)
class PresenceTest {

    // tag::presence[]
    @ApplicationScoped
    static class Buddies {
        @Inject
        Journal journal;

        void online(@Observes @Online PresenceEvent event) {
            journal.note(event.user() + " is online");
        }

        void offline(@Observes @Offline PresenceEvent event) {
            journal.note(event.user() + " is offline");
        }
    }
    // end::presence[]

    // tag::feed[]
    @ApplicationScoped
    static class Feeds {
        @Inject
        Journal journal;

        void start(@Observes @FirstSubscribed("/topic/price.{ticker}") DestinationEvent feed) {
            journal.note("start " + feed.variable("ticker"));
        }

        void stop(@Observes @LastUnsubscribed("/topic/price.{ticker}") DestinationEvent feed) {
            journal.note("stop " + feed.variable("ticker"));
        }
    }
    // end::feed[]

    @ApplicationScoped
    static class Others {
        @Inject
        Journal journal;

        void connected(@Observes @Connected SessionEvent event) {
            journal.note("connected");
        }

        void disconnected(@Observes @Disconnected SessionEvent event) {
            journal.note("disconnected");
        }

        void subscribed(@Observes @Subscribed("/topic/**") SubscriptionEvent event) {
            journal.note("subscribed");
        }

        void unsubscribed(@Observes @Unsubscribed("/topic/**") SubscriptionEvent event) {
            journal.note("unsubscribed");
        }
    }

    @Test
    void aUserIsOnlineFromHisFirstSessionToTheEndOfHisLast() throws Exception {
        try (var app = TestApplication.of(Buddies.class, Others.class)) {
            var first = app.connect("ann");
            var second = app.connect("ann");
            assertThat(app.journal()).containsExactly("connected", "ann is online", "connected");
            first.lose();
            first.lose();
            assertThat(app.journal()).containsExactly("disconnected");
            app.sessions().disconnect(second.sessionId, "Enough.");
            second.lose();
            assertThat(app.journal()).containsExactly("disconnected", "ann is offline");
            app.connect("ann");
            assertThat(app.journal()).containsExactly("connected", "ann is online");
        }
    }

    @Test
    void whoIsNotLoggedInIsNobody() throws Exception {
        try (var app = TestApplication.of(Buddies.class)) {
            app.connect().lose();
            assertThat(app.journal()).isEmpty();
        }
    }

    @Test
    void aFeedRunsWhileItsDestinationHasSubscribers() throws Exception {
        try (var app = TestApplication.of(Feeds.class, Others.class)) {
            var ann = app.connect("ann");
            var bob = app.connect("bob");
            app.journal();
            ann.say("SUBSCRIBE\nid:1\ndestination:/topic/price.MMM\n\n^@");
            assertThat(app.journal()).containsExactly("start MMM", "subscribed");
            ann.say("SUBSCRIBE\nid:2\ndestination:/topic/price.MMM\n\n^@");
            bob.say("SUBSCRIBE\nid:1\ndestination:/topic/price.MMM\n\n^@");
            bob.say("SUBSCRIBE\nid:2\ndestination:/topic/else\n\n^@");
            ann.say("UNSUBSCRIBE\nid:1\n\n^@UNSUBSCRIBE\nid:2\n\n^@");
            assertThat(app.journal()).doesNotContain("start MMM", "stop MMM");
            bob.lose();
            assertThat(app.journal()).containsExactly("unsubscribed", "stop MMM", "unsubscribed", "disconnected");
            ann.say("SUBSCRIBE\nid:1\ndestination:/topic/price.MMM\n\n^@");
            assertThat(app.journal()).containsExactly("start MMM", "subscribed");
        }
    }

    @Test
    void aWildcardCountsForItsOwnText() throws Exception {
        try (var app = TestApplication.of(Feeds.class)) {
            var ann = app.connect("ann");
            ann.say("SUBSCRIBE\nid:1\ndestination:/topic/price.*\n\n^@");
            ann.say("SUBSCRIBE\nid:2\ndestination:/topic/price.MMM\n\n^@");
            ann.say("UNSUBSCRIBE\nid:1\n\n^@");
            assertThat(app.journal()).containsExactly("start *", "start MMM", "stop *");
        }
    }

    @Test
    void aVariableMustBeInThePattern() {
        var event = new DestinationEvent("/topic/a", java.util.Map.of());
        assertThatThrownBy(() -> event.variable("ticker")).isInstanceOf(IllegalArgumentException.class);
    }

    /** The same users and destinations, from many sessions on many threads. */
    @Test
    void underFireWhatIsToldAlternatesAndIsComplete() throws Exception {
        try (var app = TestApplication.of(Buddies.class, Feeds.class)) {
            var faults = Collections.synchronizedList(new ArrayList<Throwable>());
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(i -> new Thread(() -> {
                        for (int round = 0; round < 200; round++) {
                            app.connect("ann")
                                    .say("SUBSCRIBE\nid:1\ndestination:/topic/price.MMM\n\n^@")
                                    .lose();
                        }
                    }))
                    .toList();
            threads.forEach(thread -> thread.setUncaughtExceptionHandler((t, e) -> faults.add(e)));
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(faults).isEmpty();
            var journal = app.journal();
            alternates(journal, "ann is online", "ann is offline");
            alternates(journal, "start MMM", "stop MMM");
        }
    }

    private static void alternates(List<String> journal, String on, String off) {
        var changes = journal.stream()
                .filter(note -> note.equals(on) || note.equals(off))
                .toList();
        assertThat(changes).isNotEmpty().hasSizeGreaterThan(1);
        assertThat(changes.size() % 2).isZero();
        for (int i = 0; i < changes.size(); i++) {
            assertThat(changes.get(i)).isEqualTo(i % 2 == 0 ? on : off);
        }
    }
}
