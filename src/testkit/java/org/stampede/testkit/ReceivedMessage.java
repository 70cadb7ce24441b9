package org.stampede.testkit;

import jakarta.json.bind.Jsonb;
import java.util.Map;
import java.util.Optional;
import org.stampede.stomp.Frame;

/** A frame that a client was sent, mostly a MESSAGE. Immutable. */
public final class ReceivedMessage {

    private final Frame frame;
    private final Jsonb jsonb;

    ReceivedMessage(Frame frame, Jsonb jsonb) {
        this.frame = frame;
        this.jsonb = jsonb;
    }

    /**
     * A header.
     *
     * @param name the case-sensitive name
     * @return its value
     */
    public Optional<String> header(String name) {
        return frame.header(name);
    }

    /**
     * All headers.
     *
     * @return the first entry of each, in the order of the frame; unmodifiable
     */
    public Map<String, String> headers() {
        return frame.headerMap();
    }

    /**
     * The body as text.
     *
     * @return the body read as UTF-8
     */
    public String text() {
        return frame.bodyText();
    }

    /**
     * The body as octets.
     *
     * @return a copy
     */
    public byte[] body() {
        return frame.bodyBytes();
    }

    /**
     * The body as an object.
     *
     * @param <T>  the type to read
     * @param type what JSON Binding makes of the body
     * @return the object
     */
    public <T> T as(Class<T> type) {
        return jsonb.fromJson(text(), type);
    }

    @Override
    public String toString() {
        return frame.command() + " " + headers() + "\n" + text();
    }
}
