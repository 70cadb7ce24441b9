package org.stampede.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.ManualExecutor;
import org.stampede.transport.CloseReason;

class EndpointWireTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final List<SendHandler> writes = new ArrayList<>();
    private final List<Integer> closes = new ArrayList<>();
    private final List<Optional<Throwable>> results = new ArrayList<>();
    private int pings;
    private final Session session = session();
    private final EndpointWire wire = new EndpointWire(session, executor);

    /** A session that takes writes, and completes none by itself. */
    private Session session() {
        var remote = fake(RemoteEndpoint.Async.class, (method, arguments) -> {
            switch (method) {
                case "sendObject" -> writes.add((SendHandler) arguments[1]);
                case "sendPing" -> pings++;
                default -> throw new AssertionError(method);
            }
            return null;
        });
        return fake(Session.class, (method, arguments) -> switch (method) {
            case "getAsyncRemote" -> remote;
            case "close" ->
                closes.add(((jakarta.websocket.CloseReason) arguments[0])
                        .getCloseCode()
                        .getCode());
            default -> throw new AssertionError(method);
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = answer.to(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }

    private void write() {
        wire.write(List.of(), StompVersion.V1_2, results::add);
    }

    @Test
    void aCloseWithNothingUnderWayIsDoneAtOnce() {
        write();
        writes.get(0).onResult(new SendResult());
        wire.close(CloseReason.GOING_AWAY);
        assertThat(results).containsExactly(Optional.empty());
        assertThat(closes).containsExactly(1001);
    }

    @Test
    void aCloseDuringAWriteDoesNotKeepTheCallerWaiting() {
        write();
        wire.close(CloseReason.POLICY);
        assertThat(closes).isEmpty();
        executor.runAll();
        assertThat(closes).containsExactly(1008);
    }

    @Test
    void aCloseDuringAWriteIsDoneEvenIfTheApplicationEnds() {
        var late = new EndpointWire(session, task -> {
            throw new RejectedExecutionException("The end.");
        });
        late.write(List.of(), StompVersion.V1_2, results::add);
        late.close(CloseReason.GOING_AWAY);
        assertThat(closes).containsExactly(1001);
    }

    @Test
    void aWriteThatEndsAfterTheSessionIsToldToNobody() {
        write();
        wire.forget();
        writes.get(0).onResult(new SendResult());
        assertThat(results).isEmpty();
        wire.close(CloseReason.GOING_AWAY);
        assertThat(closes).as("nothing is under way any more").containsExactly(1001);
    }

    @Test
    void aPingDoesNotKeepTheCallerWaiting() {
        wire.ping(results::add);
        assertThat(pings).isZero();
        assertThat(results).isEmpty();
        executor.runAll();
        assertThat(pings).isEqualTo(1);
        assertThat(results).containsExactly(Optional.empty());
        wire.close(CloseReason.NORMAL);
        assertThat(closes).containsExactly(1000);
    }

    @Test
    void aCloseDuringAPingDoesNotKeepTheCallerWaiting() {
        wire.ping(results::add);
        wire.close(CloseReason.POLICY);
        assertThat(closes).isEmpty();
        executor.runAll();
        assertThat(closes).containsExactly(1008);
    }

    @Test
    void aPingFailsWhenTheApplicationEnds() {
        var end = new RejectedExecutionException("The end.");
        var late = new EndpointWire(session, task -> {
            throw end;
        });
        late.ping(results::add);
        assertThat(results).containsExactly(Optional.of(end));
    }

    @Test
    void whyAWriteFailedIsTold() {
        write();
        var cause = new IllegalStateException("broken");
        writes.get(0).onResult(new SendResult(cause));
        assertThat(results).containsExactly(Optional.of(cause));
    }
}
