package org.stampede.websocket;

import jakarta.websocket.Session;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.stampede.stomp.Frame;

/**
 * The sending of Tyrus, which Payara has. With each message that is sent to be told of its end, Tyrus schedules an idle timer anew,
 * on the managed scheduler, and that costs several times what the message does. A text that leaves by a {@link Writer} costs no
 * timer: it waits in the same order if the peer does not read, and the caller does not wait, but nobody is told when it has left. So
 * most texts leave that way, and one now and then the dear way, whose end is that of all before it: when {@value #MOST_OCTETS} octets
 * or {@value #MOST_SECONDS} seconds have passed since the last one, and for each heart-beat. The caller of a stream for binary
 * messages would wait.
 *
 * <p>Not thread-safe: used by one write at a time, as the {@link org.stampede.transport.Wire} that has it.
 */
final class TyrusSending {

    private static final int MOST_OCTETS = 16 * 1024;
    private static final int MOST_SECONDS = 5;
    private static final long MOST_NANOS = MOST_SECONDS * 1_000_000_000L;

    private final Session session;
    private final LongSupplier nanoTime;
    private long octets;
    private long since;

    TyrusSending(Session session, LongSupplier nanoTime) {
        this.session = session;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Empty for the sessions of other containers, whose writers block. */
    static Optional<TyrusSending> of(Session session) {
        return session.getClass().getName().startsWith("org.glassfish.tyrus.")
                ? Optional.of(new TyrusSending(session, System::nanoTime))
                : Optional.empty();
    }

    /** Whether these frames may leave untold; if not, their end is to be told, which is that of all before them. */
    boolean mayLeaveUntold(List<Frame> frames) {
        long now = nanoTime.getAsLong();
        for (Frame frame : frames) {
            octets += frame.weight();
        }
        if (frames.isEmpty() || octets > MOST_OCTETS || now - since > MOST_NANOS) {
            octets = 0;
            since = now;
            return false;
        }
        return true;
    }

    void send(String text) throws IOException {
        try (Writer writer = session.getBasicRemote().getSendWriter()) {
            writer.write(text);
        }
    }
}
