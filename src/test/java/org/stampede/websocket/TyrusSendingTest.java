package org.stampede.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.StompVersion;
import org.stampede.testing.Fakes;
import org.stampede.testing.ManualClock;
import org.stampede.testing.ManualExecutor;

/** A session as Tyrus has them: what it was given by a writer, and what it is to tell the end of. */
class TyrusSendingTest {

    private final ManualClock clock = new ManualClock();
    private final List<String> untold = new ArrayList<>();
    private final List<SendHandler> told = new ArrayList<>();
    private final List<Optional<Throwable>> results = new ArrayList<>();
    private boolean broken;
    private final Session session = session();
    private final EndpointWire wire =
            new EndpointWire(session, new ManualExecutor(), Optional.of(new TyrusSending(session, clock)));

    private Session session() {
        var basic = Fakes.of(RemoteEndpoint.Basic.class, (method, arguments) -> writer());
        var async = Fakes.of(RemoteEndpoint.Async.class, (method, arguments) -> told.add((SendHandler) arguments[1]));
        return Fakes.of(Session.class, (method, arguments) -> method.equals("getBasicRemote") ? basic : async);
    }

    private Writer writer() {
        return new StringWriter() {
            @Override
            public void close() throws IOException {
                if (broken) {
                    throw new IOException("broken");
                }
                untold.add(toString());
            }
        };
    }

    private void write(int octets) {
        var frame = Frame.of(Command.MESSAGE, Headers.of("destination", "/topic/a"), "x".repeat(octets));
        wire.write(List.of(frame), StompVersion.V1_2, results::add);
    }

    @Test
    void aTextLeavesUntoldAndWhole() {
        write(3);
        assertThat(untold).singleElement().asString().startsWith("MESSAGE\n").endsWith("\n\nxxx\0");
        assertThat(told).isEmpty();
        assertThat(results).containsExactly(Optional.empty());
    }

    @Test
    void theEndOfAMessageIsToldBeforeMuchHasLeft() {
        for (int i = 0; i < 16; i++) {
            write(1024);
        }
        assertThat(told).hasSize(1);
        assertThat(results).as("the last one is under way").hasSize(15);
        told.get(0).onResult(new SendResult());
        write(1024);
        assertThat(told).hasSize(1);
        assertThat(results).hasSize(17);
    }

    @Test
    void theEndOfAMessageIsToldEveryFewSeconds() {
        clock.advance(Duration.ofSeconds(6));
        write(3);
        write(3);
        assertThat(told).hasSize(1);
        assertThat(untold).hasSize(1);
    }

    @Test
    void theEndOfAHeartBeatIsTold() {
        wire.write(List.of(), StompVersion.V1_2, results::add);
        assertThat(told).hasSize(1);
        assertThat(results).isEmpty();
    }

    @Test
    void binaryMessagesHaveNoOtherWay() {
        wire.clientUsesText(false);
        write(3);
        assertThat(told).hasSize(1);
        assertThat(untold).isEmpty();
    }

    @Test
    void whyAMessageCouldNotLeaveIsTold() {
        broken = true;
        write(3);
        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.orElseThrow()).isInstanceOf(IOException.class));
    }
}
