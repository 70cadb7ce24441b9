package org.stampede.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Wire;

/**
 * A Wire that remembers what is written, to be asked by {@link WireAssert}. Writes complete at once, unless the test holds
 * or fails them. As an extension ({@code @RegisterExtension}) it also checks after each test that nothing was sent which the
 * test did not expect.
 *
 * <p>Thread-safe.
 */
public final class RecordingWire implements Wire, AfterEachCallback {

    /**
     * One call of {@link Wire#write}.
     *
     * @param frames  what was written; none for a heart-beat
     * @param version whose escapes were asked for
     */
    public record Written(List<Frame> frames, StompVersion version) {}

    // Guarded by this.
    private final List<Written> writes = new ArrayList<>();
    /** What the test has not looked at yet; empty for a heart-beat. */
    private final ArrayDeque<Optional<Frame>> unseen = new ArrayDeque<>();

    private final List<CloseReason> closes = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private Optional<Consumer<Optional<Throwable>>> inFlight = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean holding;
    private int pings;
    private boolean open = true;

    @Override
    public void write(List<Frame> frames, StompVersion version, Consumer<Optional<Throwable>> done) {
        Optional<Throwable> result;
        synchronized (this) {
            if (inFlight.isPresent()) {
                violations.add("a write began while another was under way");
            }
            writes.add(new Written(List.copyOf(frames), version));
            if (frames.isEmpty()) {
                unseen.add(Optional.empty());
            }
            frames.forEach(frame -> unseen.add(Optional.of(frame)));
            if (holding) {
                inFlight = Optional.of(done);
                return;
            }
            result = failure;
        }
        done.accept(result);
    }

    @Override
    public boolean canPing() {
        return true;
    }

    @Override
    public void ping(Consumer<Optional<Throwable>> done) {
        Optional<Throwable> result;
        synchronized (this) {
            if (inFlight.isPresent()) {
                violations.add("a ping began while a write was under way");
            }
            pings++;
            if (holding) {
                inFlight = Optional.of(done);
                return;
            }
            result = failure;
        }
        done.accept(result);
    }

    /** How often the peer was asked for a sign of life. */
    public synchronized int pings() {
        return pings;
    }

    @Override
    public synchronized void close(CloseReason reason) {
        closes.add(reason);
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    /** The peer is gone, and nobody is told. */
    public synchronized void vanish() {
        open = false;
    }

    /** From now on writes complete only when the test says so. */
    public synchronized void hold() {
        holding = true;
    }

    /** From now on writes fail. */
    public synchronized void failWith(Throwable newFailure) {
        failure = Optional.of(newFailure);
    }

    /** Completes the write under way; the next one is held again. Returns whether there was one. */
    public boolean completeOne() {
        Optional<Consumer<Optional<Throwable>>> done;
        Optional<Throwable> result;
        synchronized (this) {
            done = inFlight;
            inFlight = Optional.empty();
            result = failure;
        }
        done.ifPresent(d -> d.accept(result));
        return done.isPresent();
    }

    /** Completes the write under way, and all later ones at once. */
    public void release() {
        synchronized (this) {
            holding = false;
        }
        completeOne();
    }

    /** Whether a write is under way. */
    public synchronized boolean isWriting() {
        return inFlight.isPresent();
    }

    /** All writes so far. */
    public synchronized List<Written> writes() {
        return List.copyOf(writes);
    }

    /** All frames so far, seen or not. */
    public synchronized List<Frame> frames() {
        return writes.stream().flatMap(w -> w.frames().stream()).toList();
    }

    /** All frames so far as the peer reads them, with {@code ^@} for NUL; a heart-beat is a line-feed. */
    public synchronized String text() {
        var text = new StringBuilder();
        for (Written write : writes) {
            write.frames().forEach(frame -> text.append(WireText.readable(frame, write.version())));
            text.append(write.frames().isEmpty() ? "\n" : "");
        }
        return text.toString();
    }

    /** Takes the next frame that the test has not seen yet. */
    public synchronized Frame next() {
        return poll().orElseThrow(() -> new AssertionError("Expected a frame, but a heart-beat was sent."));
    }

    /** Takes what was sent next: a frame, or empty for a heart-beat. */
    synchronized Optional<Frame> poll() {
        if (unseen.isEmpty()) {
            throw new AssertionError("Expected more to be sent, but nothing was.");
        }
        return unseen.remove();
    }

    /** Passes over all that was sent so far. */
    public synchronized void skipAll() {
        unseen.clear();
    }

    /** Why the Wire was closed, for each call. */
    public synchronized List<CloseReason> closes() {
        return List.copyOf(closes);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** What was sent and not seen, as it looks on the wire. */
    synchronized List<String> unseen() {
        return unseen.stream()
                .map(sent ->
                        sent.map(f -> WireText.readable(f, StompVersion.V1_2)).orElse("heart-beat"))
                .toList();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            WireAssert.assertThat(this).isExhausted();
        }
    }
}
