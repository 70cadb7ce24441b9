package org.stampede.dispatch;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stampede.messaging.FrameView;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;

/** A frame as interceptors see it. Immutable. */
record InterceptedFrame(Frame frame, Peer peer) implements FrameView {

    private static final String CONTENT_LENGTH = "content-length";
    /** What client and server must agree upon; the list is in the contract of {@link FrameView}. */
    private static final Set<String> FIXED = Set.of(
            "accept-version",
            "version",
            "heart-beat",
            "session",
            CONTENT_LENGTH,
            "id",
            "subscription",
            "message-id",
            "ack",
            "receipt",
            "receipt-id",
            "transaction");

    @Override
    public String command() {
        return frame.command().name();
    }

    @Override
    public Map<String, String> headers() {
        return frame.headerMap();
    }

    @Override
    public Optional<String> header(String name) {
        return frame.header(name);
    }

    @Override
    public byte[] body() {
        return frame.bodyBytes();
    }

    @Override
    public String text() {
        return frame.bodyText();
    }

    @Override
    public String sessionId() {
        return peer.sessionId();
    }

    @Override
    public Optional<Principal> user() {
        return peer.user();
    }

    @Override
    public FrameView withHeader(String name, String value) {
        checkChangeable(name);
        return of(frame.with(frame.headers().with(name, value)));
    }

    @Override
    public FrameView withoutHeader(String name) {
        checkChangeable(name);
        return of(frame.with(frame.headers().filter(other -> !other.equals(name))));
    }

    private void checkChangeable(String name) {
        if (FIXED.contains(name) || (frame.command() == Command.MESSAGE && name.equals("destination"))) {
            throw new IllegalArgumentException(
                    "The header " + name + " of a frame " + command() + " is the protocol's; it cannot be changed.");
        }
    }

    @Override
    public FrameView withBody(byte[] body) {
        if (!frame.command().mayHaveBody()) {
            throw new IllegalStateException("A frame " + command() + " has no body.");
        }
        var headers = frame.headers();
        return of(Frame.of(
                frame.command(),
                headers.contains(CONTENT_LENGTH) ? headers.with(CONTENT_LENGTH, String.valueOf(body.length)) : headers,
                body));
    }

    private FrameView of(Frame changed) {
        return new InterceptedFrame(changed, peer);
    }
}
