package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stampede.dispatch.TestApplication.Client;
import org.stampede.dispatch.TestApplication.Journal;
import org.stampede.messaging.Connected;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Offline;
import org.stampede.messaging.PresenceEvent;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.StompSessionScoped;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;

/** Beans that live as long as a session. */
class SessionScopeTest {

    // tag::scope[]
    @StompSessionScoped
    static class Basket {
        @Inject
        Journal journal;

        private final List<String> items = new ArrayList<>();

        void add(String item) {
            items.add(item);
        }

        List<String> items() {
            return items;
        }

        @PreDestroy
        void empty() {
            journal.note("emptied " + items);
        }
    }

    @ApplicationScoped
    static class Shop {
        @Inject
        Basket basket;

        @Inject
        Journal journal;

        void add(@Observes @Destination("/app/add") String item) {
            basket.add(item);
        }

        void left(@Observes @Disconnected SessionEvent session) {
            journal.note("left behind " + basket.items());
        }
    }
    // end::scope[]

    @ApplicationScoped
    static class Everywhere {
        @Inject
        Basket basket;

        @Inject
        Journal journal;

        void connected(@Observes @Connected SessionEvent event) {
            basket.add("connected");
        }

        void subscribed(@Observes @Subscribed("/topic/a") SubscriptionEvent event) {
            basket.add("subscribed");
        }

        void unsubscribed(@Observes @Unsubscribed("/topic/a") SubscriptionEvent event) {
            basket.add("unsubscribed");
        }

        void fail(@Observes @Destination("/app/fail") String text) {
            throw new IllegalStateException(text);
        }

        void failed(@Observes HandlerFailure failure) {
            basket.add("failed");
        }

        void offline(@Observes @Offline PresenceEvent event) {
            try {
                basket.items();
            } catch (ContextNotActiveException e) {
                journal.note("not active when " + event.user() + " is offline");
            }
        }
    }

    @StompSessionScoped
    static class Counted {
        static int living;

        @PostConstruct
        void begin() {
            living++;
        }

        @PreDestroy
        void end() {
            living--;
        }

        void touch() {}
    }

    @ApplicationScoped
    static class Toucher {
        @Inject
        Counted counted;

        void touch(@Observes @Destination("/app/touch") String text) {
            counted.touch();
        }
    }

    /** The ways in which a session ends. */
    enum End {
        DISCONNECT((app, client) -> client.say("DISCONNECT\n\n^@")),
        LOSS((app, client) -> client.lose()),
        ERROR((app, client) -> client.say("JUMP\n\n^@")),
        SENT_AWAY((app, client) -> app.sessions().disconnect(client.sessionId, "Closing time."));

        private final BiConsumer<TestApplication, Client> way;

        End(BiConsumer<TestApplication, Client> way) {
            this.way = way;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachSessionHasItsOwnBeansUntilItEnds(End end) throws Exception {
        try (var app = TestApplication.of(Basket.class, Shop.class)) {
            var ann = app.connect("ann");
            var bob = app.connect("bob");
            ann.send("/app/add", "apple");
            bob.send("/app/add", "pear");
            ann.send("/app/add", "plum");
            assertThat(app.journal()).isEmpty();
            end.way.accept(app, ann);
            ann.lose();
            assertThat(app.journal()).containsExactly("left behind [apple, plum]", "emptied [apple, plum]");
            end.way.accept(app, bob);
            bob.lose();
            assertThat(app.journal()).containsExactly("left behind [pear]", "emptied [pear]");
        }
    }

    @Test
    void theScopeIsActiveWhereverASessionIsDealtWith() throws Exception {
        try (var app = TestApplication.of(Basket.class, Everywhere.class)) {
            var ann = app.connect("ann");
            ann.say("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n^@").send("/app/fail", "x");
            ann.lose();
            assertThat(app.journal())
                    .containsExactly(
                            "emptied [connected, subscribed, failed, unsubscribed]", "not active when ann is offline");
        }
    }

    @Test
    void outsideOfSessionsTheScopeIsNotActive() throws Exception {
        try (var app = TestApplication.of(Basket.class, Shop.class)) {
            app.connect("ann");
            assertThatThrownBy(() -> app.bean(Basket.class).items())
                    .isInstanceOf(ContextNotActiveException.class)
                    .hasMessageContaining("StompSessionScoped");
            app.bean(RequestScope.class)
                    .call(() -> assertThatThrownBy(() -> app.bean(Basket.class).items())
                            .isInstanceOf(ContextNotActiveException.class));
            var context = new SessionScopeContext();
            context.bind(app.bean(CurrentSession.class));
            assertThat(context.isActive()).isFalse();
            assertThatThrownBy(() -> context.destroy(null))
                    .isInstanceOf(ContextNotActiveException.class)
                    .hasMessageContaining("in handlers and in observers");
        }
    }

    @ApplicationScoped
    static class Thrower {
        @Inject
        Basket basket;

        @Inject
        BeanManager beans;

        void throwAway(@Observes @Destination("/app/throw-away") String text) {
            var context = (AlterableContext) beans.getContext(StompSessionScoped.class);
            context.destroy(beans.resolve(beans.getBeans(Basket.class)));
            basket.add("new");
        }
    }

    @Test
    void aBeanMayBeDestroyedBeforeItsSessionEnds() throws Exception {
        try (var app = TestApplication.of(Basket.class, Shop.class, Thrower.class)) {
            var ann = app.connect("ann").send("/app/add", "apple").send("/app/throw-away", "x");
            assertThat(app.journal()).containsExactly("emptied [apple]");
            ann.lose();
            assertThat(app.journal()).containsExactly("left behind [new]", "emptied [new]");
        }
    }

    @StompSessionScoped
    static class Faulty {
        @Inject
        Counted counted;

        void touch() {}

        /** Asks for a bean that does not exist, and throws. */
        @PreDestroy
        void end() {
            counted.touch();
        }
    }

    @ApplicationScoped
    static class FaultyToucher {
        @Inject
        Faulty faulty;

        void touch(@Observes @Destination("/app/touch") String text) {
            faulty.touch();
        }
    }

    @Test
    void atTheEndNoBeanIsBorn() throws Exception {
        Counted.living = 0;
        try (var app = TestApplication.of(Faulty.class, Counted.class, FaultyToucher.class)) {
            app.connect("ann").send("/app/touch", "x").lose();
            assertThat(Counted.living).isZero();
            assertThat(app.bean(SessionScope.class).size()).isZero();
        }
    }

    @Test
    void nothingIsLeftOfAThousandSessions() throws Exception {
        Counted.living = 0;
        try (var app = TestApplication.of(Counted.class, Toucher.class)) {
            var clients = new ArrayList<Client>();
            for (int i = 0; i < 1_000; i++) {
                clients.add(app.connect("user " + i % 10).send("/app/touch", "x"));
            }
            assertThat(Counted.living).isEqualTo(1_000);
            assertThat(app.bean(SessionScope.class).size()).isEqualTo(1_000);
            clients.forEach(Client::lose);
            assertThat(Counted.living).isZero();
            assertThat(app.bean(SessionScope.class).size()).isZero();
            assertThat(app.sessions().count()).isZero();
        }
    }
}
