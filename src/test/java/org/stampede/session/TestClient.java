package org.stampede.session;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;
import org.stampede.testing.ManualClock;
import org.stampede.testing.RecordingWire;
import org.stampede.testing.WireAssert;
import org.stampede.testing.WireText;
import org.stampede.transport.InboxLimits;
import org.stampede.transport.Outbox;
import org.stampede.transport.OutboxLimits;

/** The other end of a {@link Connection}: speaks in wire text, and remembers what it is told. */
final class TestClient {

    /** How many reads may wait to be processed. */
    static final int INBOX = 32;

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Peer peer;
    private final ManualClock clock;
    private final RecordingWire wire = new RecordingWire();
    private final FrameParser parser =
            new FrameParser(new FrameLimits(5_000, 20, 2_000, 4_000, 1_000, "stampede.limit"));
    private final Outbox outbox;
    private final Connection connection;

    TestClient(Peer peer, SessionContext context, OutboxLimits limits, Executor executor, ManualClock clock) {
        this.peer = peer;
        this.clock = clock;
        this.outbox = new Outbox(wire, limits, clock);
        this.connection = new Connection(peer, context, outbox, executor, new InboxLimits(INBOX, 100_000), clock);
    }

    Peer peer() {
        return peer;
    }

    RecordingWire wire() {
        return wire;
    }

    Connection connection() {
        return connection;
    }

    /** Sends frames as they look on the wire, with {@code ^@} for NUL. */
    TestClient sends(String readable) {
        try {
            connection.received(parser.parse(WireText.text(readable)), readable.length());
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts a test.", e);
        }
        return this;
    }

    /** Sends a frame CONNECT of this version and takes the CONNECTED. */
    TestClient connect(String version) {
        sends("CONNECT\naccept-version:" + version + "\n\n^@");
        received().sent(Command.CONNECTED);
        return this;
    }

    /** What was sent to the client, to be asserted in order. */
    WireAssert received() {
        return WireAssert.assertThat(wire);
    }

    /** Takes the next frame. */
    Frame next() {
        return wire.next();
    }

    /** Lets time pass, as the ticker sees it: second by second. */
    TestClient waits(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            clock.advance(TICK);
            ticks();
        }
        return this;
    }

    /** Calls the ticker; returns whether it has to go on. */
    boolean ticks() {
        return connection.tick(TICK.toNanos());
    }

    /** The container says that the connection is gone. */
    void vanishes() {
        connection.closed();
    }
}
