package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECT;
import static org.stampede.stomp.Command.SUBSCRIBE;
import static org.stampede.stomp.Command.UNSUBSCRIBE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.testing.ManualExecutor;

class BackPressureTest {

    @RegisterExtension
    final TestServer server = new TestServer();

    private final ManualExecutor executor = new ManualExecutor();
    private final List<String> handled = new ArrayList<>();

    private TestSession connected(int messages, long octets) {
        var client = new TestSession(server, executor, settings -> settings.incoming(messages, octets)).connecting();
        executor.runAll();
        server.connection().client().sent(CONNECT);
        server.connection().say("CONNECTED\nversion:1.2\n\n^@");
        executor.runAll();
        return client;
    }

    @Test
    void readingPausesWhileAHandlerIsBehindAndOrderIsKept() {
        var client = connected(2, 100_000);
        client.session.subscribe("/topic/x", String.class, handled::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\n1^@");
        assertThat(server.connection().reads).isEqualTo(1);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\n2^@MESSAGE\nsubscription:sub-1\n\n3^@");
        assertThat(server.connection().reads).isZero();
        executor.runAll();
        assertThat(server.connection().reads).isEqualTo(1);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\n4^@");
        executor.runAll();
        assertThat(handled).containsExactly("1", "2", "3", "4");
    }

    @Test
    void octetsCountAsWell() {
        var client = connected(100, 1_000);
        client.session.subscribe("/topic/x", String.class, handled::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\n" + "x".repeat(1_000) + "^@");
        assertThat(server.connection().reads).isZero();
        executor.runAll();
        assertThat(server.connection().reads).isEqualTo(1);
    }

    @Test
    void oneSlowHandlerIsEnoughToPause() {
        var client = connected(1, 100_000);
        client.session.subscribe("/topic/x", String.class, handled::add);
        client.session.subscribe("/topic/y", String.class, handled::add);
        server.connection().client().sent(SUBSCRIBE).sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\nx^@MESSAGE\nsubscription:sub-2\n\ny^@");
        executor.runNext();
        assertThat(handled).containsExactly("x");
        assertThat(server.connection().reads).isZero();
        executor.runAll();
        assertThat(server.connection().reads).isEqualTo(1);
    }

    @Test
    void unsubscribingLetsReadingGoOn() {
        var client = connected(1, 100_000);
        var subscription = client.session.subscribe("/topic/x", String.class, handled::add);
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\n1^@");
        assertThat(server.connection().reads).isZero();
        subscription.unsubscribe();
        server.connection().client().sent(UNSUBSCRIBE);
        assertThat(server.connection().reads).isEqualTo(1);
        executor.runAll();
        assertThat(handled).isEmpty();
    }

    @Test
    void aHandlerThatThrowsGetsTheNextMessage() {
        var client = connected(1, 100_000);
        client.session.subscribe("/topic/x", String.class, text -> {
            handled.add(text);
            throw new IllegalStateException("A test's failure.");
        });
        server.connection().client().sent(SUBSCRIBE);
        server.connection().say("MESSAGE\nsubscription:sub-1\n\n1^@MESSAGE\nsubscription:sub-1\n\n2^@");
        executor.runAll();
        assertThat(handled).containsExactly("1", "2");
        assertThat(server.connection().reads).isEqualTo(1);
    }
}
