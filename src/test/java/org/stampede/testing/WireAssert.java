package org.stampede.testing;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;

/**
 * Says what a {@link RecordingWire} sent, in order: each expectation consumes what it names.
 *
 * <pre>{@code
 * assertThat(wire).sent(CONNECTED, "version:1.2").sent(RECEIPT, "receipt-id:77").closed(NORMAL);
 * assertThat(wire).sent(MESSAGE, "subscription:0").withBody("hello").without("ack").isExhausted();
 * }</pre>
 */
public final class WireAssert extends AbstractAssert<WireAssert, RecordingWire> {

    private Optional<Frame> last = Optional.empty();

    private WireAssert(RecordingWire wire) {
        super(wire, WireAssert.class);
    }

    public static WireAssert assertThat(RecordingWire wire) {
        return new WireAssert(wire);
    }

    /**
     * Next came a frame of this command with at least these headers.
     *
     * @param headers as on the wire, before escaping: {@code name:value}
     */
    public WireAssert sent(Command command, String... headers) {
        Optional<Frame> next = actual.poll();
        if (next.isEmpty() || next.get().command() != command) {
            failWithMessage(
                    "Expected %s but was sent:%n%s",
                    command, next.map(this::readable).orElse("a heart-beat"));
        }
        last = next;
        for (String header : headers) {
            withHeader(header);
        }
        return this;
    }

    private void withHeader(String header) {
        int colon = header.indexOf(':');
        var value = lastFrame().header(header.substring(0, colon));
        if (!value.equals(Optional.of(header.substring(colon + 1)))) {
            failWithMessage("Expected the header %s but was sent:%n%s", header, readable(lastFrame()));
        }
    }

    /** The frame named last has no header of this name. */
    public WireAssert without(String name) {
        if (lastFrame().headers().contains(name)) {
            failWithMessage("Expected no header %s but was sent:%n%s", name, readable(lastFrame()));
        }
        return this;
    }

    /** The body of the frame named last. */
    public WireAssert withBody(String body) {
        if (!lastFrame().bodyText().equals(body)) {
            failWithMessage("Expected the body %s but was sent:%n%s", body, readable(lastFrame()));
        }
        return this;
    }

    /** A part of the body of the frame named last. */
    public WireAssert withBodyContaining(String part) {
        if (!lastFrame().bodyText().contains(part)) {
            failWithMessage("Expected %s in the body but was sent:%n%s", part, readable(lastFrame()));
        }
        return this;
    }

    /** Next came a heart-beat. */
    public WireAssert sentHeartBeat() {
        Optional<Frame> next = actual.poll();
        if (next.isPresent()) {
            failWithMessage("Expected a heart-beat but was sent:%n%s", readable(next.get()));
        }
        return this;
    }

    /** The Wire was closed once, with this reason. */
    public WireAssert closed(CloseReason reason) {
        if (!actual.closes().equals(List.of(reason))) {
            failWithMessage("Expected a close as %s but closed %s", reason, actual.closes());
        }
        return this;
    }

    /** The Wire was not closed. */
    public WireAssert isOpen() {
        if (!actual.closes().isEmpty()) {
            failWithMessage("Expected an open wire but closed %s", actual.closes());
        }
        return this;
    }

    /** All that was sent has been named, and the rules of the Wire were kept. */
    public WireAssert isExhausted() {
        if (!actual.unseen().isEmpty()) {
            failWithMessage("Expected nothing more but was sent:%n%s", String.join("\n", actual.unseen()));
        }
        if (!actual.violations().isEmpty()) {
            failWithMessage("Expected one write at a time, but %s", actual.violations());
        }
        return this;
    }

    private Frame lastFrame() {
        return last.orElseThrow(() -> new AssertionError("Name a frame first, by sent(...)."));
    }

    private String readable(Frame frame) {
        return WireText.readable(frame, StompVersion.V1_2);
    }
}
