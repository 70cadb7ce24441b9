package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.Principal;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Connected;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;
import org.stampede.transport.CloseReason;

/** What the application is told of sessions and subscriptions. */
class LifeCycleTest {

    @RequestScoped
    static class Counter {
        private int calls;

        int call() {
            return ++calls;
        }
    }

    @ApplicationScoped
    static class Observer {
        @Inject
        Journal journal;

        @Inject
        Counter counter;

        private SubscriptionEvent last;

        void connected(@Observes @Connected SessionEvent session) {
            journal.note("connected " + session.user().map(Principal::getName).orElse("nobody"));
        }

        void disconnected(@Observes @Disconnected SessionEvent session) {
            journal.note(
                    "disconnected " + session.user().map(Principal::getName).orElse("nobody"));
        }

        void subscribed(@Observes @Subscribed("/topic/price.stock.{ticker}") SubscriptionEvent event) {
            last = event;
            journal.note("subscribed " + event.subscriptionId() + " to " + event.destination() + ", "
                    + event.variable("ticker") + ", " + counter.call());
        }

        void all(@Observes @Subscribed("/**") SubscriptionEvent event) {
            journal.note("some subscription " + event.destination() + ", " + counter.call());
        }

        void unsubscribed(@Observes @Unsubscribed("/topic/price.stock.{ticker}") SubscriptionEvent event) {
            journal.note("unsubscribed " + event.subscriptionId() + ", " + event.variable("ticker"));
        }

        SubscriptionEvent last() {
            return last;
        }
    }

    @Test
    void subscriptionsAreToldToObserversOfOverlappingPatterns() throws Exception {
        try (var app = TestApplication.of(Observer.class, Counter.class)) {
            var client = app.connect("ann");
            assertThat(app.journal()).containsExactly("connected ann", "some subscription /user/queue/errors, 1");
            client.say("SUBSCRIBE\nid:1\ndestination:/topic/price.stock.MMM\n\n^@");
            client.say("SUBSCRIBE\nid:2\ndestination:/topic/price.stock.*\n\n^@");
            client.say("SUBSCRIBE\nid:3\ndestination:/topic/**\n\n^@");
            client.say("SUBSCRIBE\nid:4\ndestination:/topic/trades\n\n^@");
            assertThat(app.journal())
                    .containsExactly(
                            "subscribed 1 to /topic/price.stock.MMM, MMM, 1",
                            "some subscription /topic/price.stock.MMM, 1",
                            "subscribed 2 to /topic/price.stock.*, *, 1",
                            "some subscription /topic/price.stock.*, 1",
                            "subscribed 3 to /topic/**, *, 1",
                            "some subscription /topic/**, 1",
                            "some subscription /topic/trades, 1");
            client.say("UNSUBSCRIBE\nid:2\n\n^@");
            assertThat(app.journal()).containsExactly("unsubscribed 2, *");
            client.say("DISCONNECT\nreceipt:9\n\n^@").lose();
            assertThat(app.journal()).containsExactly("unsubscribed 1, MMM", "unsubscribed 3, *", "disconnected ann");
            assertThat(client.wire).sent(RECEIPT, "receipt-id:9").isExhausted().closed(CloseReason.NORMAL);
        }
    }

    @Test
    void aLostConnectionEndsTheSessionOnce() throws Exception {
        try (var app = TestApplication.of(Observer.class, Counter.class)) {
            var client = app.connect();
            app.journal();
            client.lose();
            client.lose();
            assertThat(app.journal()).containsExactly("disconnected nobody");
        }
    }

    @Test
    void aSubscriptionCoversWhatItReceives() throws Exception {
        try (var app = TestApplication.of(Observer.class, Counter.class)) {
            var client = app.connect();
            client.say("SUBSCRIBE\nid:2\ndestination:/topic/price.stock.*\n\n^@");
            var event = app.bean(Observer.class).last();
            assertThat(event.sessionId()).isEqualTo(client.sessionId);
            assertThat(event.covers("/topic/price.stock.MMM")).isTrue();
            assertThat(event.covers("/topic/price.stock.MMM.x")).isFalse();
            assertThat(event.covers("/topic/price.stock.*")).isFalse();
            assertThatThrownBy(() -> event.send("x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("wildcard");
            assertThatThrownBy(() -> event.send("/topic/trades", "x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> event.send("/topic/price.stock.*", "x"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> event.variable("b")).isInstanceOf(IllegalArgumentException.class);
            event.send("/topic/price.stock.MMM", "x");
            assertThat(client.wire)
                    .sent(MESSAGE, "destination:/topic/price.stock.MMM")
                    .isExhausted();
            client.say("UNSUBSCRIBE\nid:2\n\n^@");
            event.send("/topic/price.stock.MMM", "too late");
            assertThat(client.wire).isExhausted();
        }
    }

    @ApplicationScoped
    static class Snapshots {
        @Inject
        Messenger messenger;

        void snapshot(@Observes @Subscribed("/topic/price.{ticker}") SubscriptionEvent event) {
            messenger.send(event.destination(), "published meanwhile");
            event.send("snapshot of " + event.variable("ticker"));
        }

        void greet(@Observes @Subscribed("/user/queue/greetings") SubscriptionEvent event) {
            event.send("hello");
        }
    }

    @Test
    void theSnapshotComesBehindTheReceiptAndBeforeTheFirstLiveMessage() throws Exception {
        try (var app = TestApplication.of(Snapshots.class)) {
            var other = app.connect().say("SUBSCRIBE\nid:0\ndestination:/topic/**\n\n^@");
            var client = app.connect();
            client.say("SUBSCRIBE\nid:0\ndestination:/topic/price.MMM\nreceipt:1\n\n^@");
            assertThat(client.wire)
                    .sent(RECEIPT, "receipt-id:1")
                    .sent(MESSAGE, "subscription:0", "destination:/topic/price.MMM")
                    .withBody("snapshot of MMM")
                    .sent(MESSAGE, "subscription:0")
                    .withBody("published meanwhile")
                    .isExhausted();
            assertThat(other.wire).sent(MESSAGE).withBody("published meanwhile").isExhausted();
        }
    }

    @Test
    void theSubscriberOfAUsersDestinationIsGreetedUnderTheNameHeKnows() throws Exception {
        try (var app = TestApplication.of(Snapshots.class)) {
            var client = app.connect();
            client.say("SUBSCRIBE\nid:0\ndestination:/user/queue/greetings\n\n^@");
            assertThat(client.wire)
                    .sent(MESSAGE, "destination:/user/queue/greetings")
                    .withBody("hello")
                    .isExhausted();
        }
    }

    @ApplicationScoped
    static class Clumsy {
        void connected(@Observes @Priority(1) @Connected SessionEvent session) {
            throw new IllegalStateException("connected");
        }

        void disconnected(@Observes @Disconnected SessionEvent session) throws Exception {
            throw new Exception("disconnected");
        }

        void subscribed(@Observes @Subscribed("/topic/{a}") SubscriptionEvent event) {
            throw new AssertionError("subscribed");
        }

        void unsubscribed(@Observes @Unsubscribed("/**") SubscriptionEvent event) {
            throw new IllegalStateException("unsubscribed");
        }
    }

    @Test
    void observersThatFailAreHarmless() throws Exception {
        try (var app = TestApplication.of(Clumsy.class, Observer.class, Counter.class);
                var log = new RecordedLog(LifeCycleEvents.class)) {
            var client = app.connect();
            client.say("SUBSCRIBE\nid:0\ndestination:/topic/x\nreceipt:1\n\n^@");
            assertThat(app.journal()).contains("some subscription /topic/x, 1");
            app.messenger().send("/topic/x", "live");
            client.say("UNSUBSCRIBE\nid:0\nreceipt:2\n\n^@");
            client.say("DISCONNECT\nreceipt:3\n\n^@");
            assertThat(client.wire)
                    .sent(RECEIPT, "receipt-id:1")
                    .sent(MESSAGE)
                    .withBody("live")
                    .sent(RECEIPT, "receipt-id:2")
                    .sent(RECEIPT, "receipt-id:3")
                    .isExhausted()
                    .closed(CloseReason.NORMAL);
            assertThat(log.records()).hasSize(5);
        }
    }
}
