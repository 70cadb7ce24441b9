package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.Payloads.Order;
import org.stampede.messaging.Connected;
import org.stampede.messaging.Destination;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;

/** What the deployment fails for: all of it is told at once. */
public class DeploymentTest {

    public record Open(int a) {}

    record Hidden(int a) {}

    public static class Closed {
        public Closed(int a) {}
    }

    public static class Made {
        private Made(int a) {}

        @JsonbCreator
        public static Made of(int a) {
            return new Made(a);
        }
    }

    public class Inner {}

    public static class Generic<T> {
        public T value;
    }

    @JsonbTypeInfo(@JsonbSubtype(alias = "open", type = Leaf.class))
    public interface Known {}

    public static class Leaf implements Known {}

    public abstract static class Half {}

    @Dependent
    static class Patterns {
        void empty(@Observes @Destination("") Order order) {}

        void star(@Observes @Destination("/app/a*") Order order) {}

        void middle(@Observes @Destination("/app/**/x") Order order) {}

        void brace(@Observes @Destination("/app/{a") Order order) {}

        void twice(@Observes @Destination("/app/{a}/{a}") Order order) {}

        void server(@Observes @Destination("/stampede/login") Order order) {}

        void user(@Observes @Destination("/user/queue/x") Order order) {}

        void temporary(@Observes @Destination("/temp-queue/{x}") Order order) {}

        void reply(@Observes @Destination("/reply-queue/{x}") Order order) {}

        void subscribed(@Observes @Subscribed("/topic/{}") SubscriptionEvent event) {}

        void unsubscribed(@Observes @Unsubscribed("") SubscriptionEvent event) {}
    }

    @Dependent
    static class Types {
        void primitive(@Observes @Destination("/app/1") int number) {}

        void runnable(@Observes @Destination("/app/2") Runnable runnable) {}

        void half(@Observes @Destination("/app/3") Half half) {}

        void list(@Observes @Destination("/app/4") List<Order> orders) {}

        void object(@Observes @Destination("/app/5") Object any) {}

        void hidden(@Observes @Destination("/app/6") Hidden hidden) {}

        void closed(@Observes @Destination("/app/7") Closed closed) {}

        void inner(@Observes @Destination("/app/8") Inner inner) {}

        void runnables(@Observes @Destination("/app/9") Runnable[] runnables) {}

        @SuppressWarnings("rawtypes")
        void raw(@Observes @Destination("/app/10") Map map) {}

        void generic(@Observes @Destination("/app/11") Generic<String> generic) {}

        void lists(@Observes @Destination("/app/12") List<Order>[] orders) {}
    }

    @Dependent
    static class Conflicts {
        void one(@Observes @Destination("/app/same") Order order) {}

        void other(@Observes @Destination("/app/same") Open open) {}

        void named(@Observes @Destination("/app/{a}/x") Order order) {}

        void renamed(@Observes @Destination("/app/{b}/x") Order order) {}
    }

    @Dependent
    static class NeverCalled {
        void async(@ObservesAsync @Destination("/app/async") Order order) {}

        void asyncSession(@ObservesAsync @Connected SessionEvent session) {}

        void asyncFailure(@ObservesAsync HandlerFailure failure) {}

        void twoQualifiers(@Observes @Destination("/app/two") @Connected Order order) {}

        void wrongSession(@Observes @Connected SubscriptionEvent event) {}

        void wrongSubscription(@Observes @Subscribed("/topic/x") Order order) {}
    }

    @Dependent
    static class Fine {
        void array(@Observes @Destination("/app/1") Open[] open) {}

        void numbers(@Observes @Destination("/app/2") double[][] numbers) {}

        void made(@Observes @Destination("/app/3") Made made) {}

        void known(@Observes @Destination("/app/4") Known known) {}

        void any(@Observes @Any @Destination("/app/5") Order order) {}

        void same(@Observes @Destination("/app/5") Order order) {}

        void session(@Observes @Connected Object session) {}

        void everything(@Observes Object event) {}
    }

    private static String faults(Class<?>... beans) {
        var thrown = catchThrowable(() -> TestApplication.of(beans).close());
        assertThat(thrown).isInstanceOf(DeploymentException.class);
        return String.valueOf(thrown.getMessage());
    }

    @Test
    void badPatternsAreToldWithTheirMethods() {
        String ofSessions = "destinations under /user/, /temp-queue/ and /reply-queue/ belong to sessions;"
                + " they cannot have handlers.";
        assertThat(faults(Patterns.class).lines().map(line -> line.replaceAll("org.*DeploymentTest\\$", "")))
                .containsExactlyInAnyOrder(
                        "Stampede found 11 faults:",
                        " - Patterns.empty: A destination must not be empty.",
                        " - Patterns.star: In /app/a* the wildcard * must stand for a whole part, between separators.",
                        " - Patterns.middle: In /app/**/x the wildcard ** must be the last part.",
                        " - Patterns.brace: In /app/{a a variable must be a whole part, such as {name} between separators.",
                        " - Patterns.twice: In /app/{a}/{a} the variable {a} is repeated.",
                        " - Patterns.server: destinations under /stampede/ belong to the server; they cannot have handlers.",
                        " - Patterns.user: " + ofSessions,
                        " - Patterns.temporary: " + ofSessions,
                        " - Patterns.reply: " + ofSessions,
                        " - Patterns.subscribed: In /topic/{} a variable must be a whole part, such as {name} between separators.",
                        " - Patterns.unsubscribed: A destination must not be empty.");
    }

    @Test
    void typesThatNoPayloadCanHaveAreTold() {
        assertThat(faults(Types.class))
                .startsWith("Stampede found 12 faults:")
                .contains("Types.primitive: an event cannot be of the primitive type int")
                .contains("Types.runnable: no payload can be made of the type java.lang.Runnable")
                .contains("Types.half: no payload can be made of")
                .contains("Types.list: a payload of the generic type java.util.List<")
                .contains("Types.object: the payload must be of a type of its own")
                .contains("Types.hidden: JSON Binding cannot use the type")
                .contains("Types.closed: JSON Binding cannot make a")
                .contains("Types.inner: JSON Binding cannot make a")
                .contains("Types.runnables: no payload can be made of the type java.lang.Runnable")
                .contains("Types.raw: a payload of the generic type java.util.Map")
                .contains("Types.generic: a payload of the generic type")
                .contains("Types.lists: a payload of the generic type");
    }

    @Test
    void handlersOfOnePatternMustAgree() {
        assertThat(faults(Conflicts.class))
                .startsWith("Stampede found 2 faults:")
                .contains("the payload of /app/same is org.stampede.dispatch.")
                .contains("it must be the same in all")
                .contains("is another way to write /app/{");
    }

    @Test
    void observersThatWouldNeverBeCalledAreTold() {
        assertThat(faults(NeverCalled.class))
                .startsWith("Stampede found 6 faults:")
                .contains("NeverCalled.async: @ObservesAsync would lose the order")
                .contains("NeverCalled.asyncSession: @ObservesAsync")
                .contains("NeverCalled.asyncFailure: @ObservesAsync")
                .contains("NeverCalled.twoQualifiers: would never be called, since the event has one qualifier only")
                .contains("NeverCalled.wrongSession: would never be called, since the event is a SessionEvent.")
                .contains("NeverCalled.wrongSubscription: would never be called, since the event is a Subscription");
    }

    @Test
    void allFaultsOfAllBeansAreToldAtOnce() {
        assertThat(faults(Patterns.class, Types.class, Conflicts.class, NeverCalled.class))
                .startsWith("Stampede found 31 faults:");
    }

    @Test
    void whatWorksIsDeployed() throws Exception {
        try (var app = TestApplication.of(Fine.class)) {
            var client = app.connect();
            client.send("/app/4", "{\"@type\":\"open\"}")
                    .send("/app/2", "[[1.5]]")
                    .send("/app/3", "{}");
            client.wire.frames().forEach(frame -> assertThat(frame.bodyText()).doesNotContain("\"status\":500"));
            assertThat(app.failures()).isEmpty();
        }
    }
}
