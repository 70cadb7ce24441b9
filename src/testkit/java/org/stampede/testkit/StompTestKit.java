package org.stampede.testkit;

import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.stampede.messaging.Messenger;

/**
 * Deploys handlers for tests, without a server. As an instance field it deploys anew for each test; as a static field once
 * for the class, so that beans keep what they know from test to test, but sessions do not.
 *
 * <pre>{@code
 * @RegisterExtension
 * final StompTestKit kit = StompTestKit.of(Echo.class);
 *
 * @Test
 * void echoes() {
 *     var client = kit.connect("ann").subscribe("/topic/echo");
 *     client.send("/app/echo", "hello");
 *     assertEquals("hello", client.expectMessage("/topic/echo").text());
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class StompTestKit implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final List<Class<?>> beans;
    private Optional<KitServer> running = Optional.empty();
    private boolean onceForTheClass;

    private StompTestKit(List<Class<?>> beans) {
        this.beans = beans;
    }

    /**
     * A kit for an application.
     *
     * @param beans its beans, each with a scope or another bean-defining annotation: handlers, what they inject, and
     *              producers or alternatives for what is not there without a server
     * @return the kit, for a field with {@code @RegisterExtension}
     */
    public static StompTestKit of(Class<?>... beans) {
        return new StompTestKit(List.of(beans));
    }

    /**
     * Connects a client that has logged in.
     *
     * @param user  the name of its principal
     * @param roles what access rules may ask for
     * @return the client
     */
    public StompTestClient connect(String user, String... roles) {
        return connect(Optional.of(() -> user), Set.of(roles));
    }

    /**
     * Connects a client of whom nobody knows who it is.
     *
     * @return the client
     */
    public StompTestClient connect() {
        return connect(Optional.empty(), Set.of());
    }

    private StompTestClient connect(Optional<Principal> user, Set<String> roles) {
        var server = server();
        var wire = new KitWire();
        return new StompTestClient(wire, server.open(wire, user, roles), server.jsonb()).connect();
    }

    /**
     * A bean of the application, for example to call the method of a timer.
     *
     * @param <T>  the type of the bean
     * @param type the type of the bean
     * @return the contextual reference
     */
    public <T> T bean(Class<T> type) {
        return server().bean(type);
    }

    /**
     * How the application speaks.
     *
     * @return what beans get when they inject it
     */
    public Messenger messenger() {
        return server().messenger();
    }

    /**
     * What time it is to Stampede.
     *
     * @return a clock that stands still, but for {@link #advance}
     */
    public Clock clock() {
        return server().time();
    }

    /**
     * Lets time pass at once: messages expire, time limits end.
     *
     * @param time how much
     */
    public void advance(Duration time) {
        server().advance(time);
    }

    private KitServer server() {
        return running.orElseThrow(() -> new IllegalStateException("The kit runs during tests only."));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        onceForTheClass = true;
        running = Optional.of(new KitServer(beans));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!onceForTheClass) {
            running = Optional.of(new KitServer(beans));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (onceForTheClass) {
            server().disconnectAll();
        } else {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        onceForTheClass = false;
        stop();
    }

    private void stop() throws Exception {
        if (running.isPresent()) {
            var server = running.get();
            running = Optional.empty();
            server.close();
        }
    }
}
