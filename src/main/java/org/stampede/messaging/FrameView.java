package org.stampede.messaging;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * A frame as a {@link FrameInterceptor} sees it. The methods that change something return another frame. Immutable.
 *
 * <p>Some headers tie frames together or say how they are to be read; client and server would no longer understand each
 * other if they were changed: {@code accept-version}, {@code version}, {@code heart-beat}, {@code session},
 * {@code content-length}, {@code id}, {@code subscription}, {@code message-id}, {@code ack}, {@code receipt},
 * {@code receipt-id}, {@code transaction}, and the {@code destination} of a MESSAGE. These can be read only.
 */
public interface FrameView {

    /**
     * What the frame is.
     *
     * @return the command, such as {@code SEND}
     */
    String command();

    /**
     * The headers; those of CONNECT may be secrets.
     *
     * @return name to value, the first of each name, in order; unmodifiable
     */
    Map<String, String> headers();

    /**
     * A header.
     *
     * @param name its name
     * @return its value, the first if there are several
     */
    Optional<String> header(String name);

    /**
     * The body.
     *
     * @return a copy; empty if there is none
     */
    byte[] body();

    /**
     * The body as text.
     *
     * @return the body read as UTF-8
     */
    String text();

    /**
     * Whose frame it is.
     *
     * @return the session that sent it, or is to get it
     */
    String sessionId();

    /**
     * Whose frame it is.
     *
     * @return the user of the session, empty if nobody is logged in
     */
    Optional<Principal> user();

    /**
     * The frame with a header that replaces all of its name.
     *
     * @param name  of the header
     * @param value of the header
     * @return another frame
     * @throws IllegalArgumentException if this header cannot be changed
     */
    FrameView withHeader(String name, String value);

    /**
     * The frame without a header.
     *
     * @param name of the header
     * @return another frame
     * @throws IllegalArgumentException if this header cannot be changed
     */
    FrameView withoutHeader(String name);

    /**
     * The frame with another body; its {@code content-length} is the server's business, its {@code content-type} yours.
     *
     * @param body copied
     * @return another frame
     * @throws IllegalStateException if frames of this command have no body
     */
    FrameView withBody(byte[] body);
}
