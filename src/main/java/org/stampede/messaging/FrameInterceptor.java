package org.stampede.messaging;

/**
 * Sees every frame of every session on its way, and may change or refuse it. Each bean of this type is one: annotate it with a
 * scope that lives as long as the application, such as {@code @ApplicationScoped}, and with
 * {@link jakarta.annotation.Priority} if there are several. Inbound the one with the smallest number comes first, outbound
 * last; without the annotation the number is 2500.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class Stamp implements FrameInterceptor {
 *     public FrameView inbound(FrameView frame) {
 *         return frame.command().equals("SEND") ? frame.withHeader("received", Instant.now().toString()) : frame;
 *     }
 * }
 * }</pre>
 *
 * <p>Heart-beats are no frames. Implementations must be thread-safe.
 */
public interface FrameInterceptor {

    /**
     * A frame was received, and nothing was done about it yet. Called in the order in which the client sent its frames, with a
     * request context and, after CONNECT, the context of the session ({@link StompSessionScoped}).
     *
     * <p>An exception other than {@link FrameRefusedException} ends the session with an ERROR that gives nothing away.
     *
     * @param frame as received, or as the interceptor before left it
     * @return the frame to act on: this one, or one made of it
     * @throws FrameRefusedException to refuse it: the client gets an ERROR with the reason, and the connection is closed with
     *     code 1008
     */
    default FrameView inbound(FrameView frame) {
        return frame;
    }

    /**
     * A CONNECTED, MESSAGE, RECEIPT or ERROR is to be sent. Called by whichever thread sends it, so it must not wait for
     * anything, nor send messages itself; there may be no context but that of the application.
     *
     * <p>An exception other than {@link FrameRefusedException} drops the frame too, and is logged.
     *
     * @param frame as it would be sent, or as the interceptor before left it
     * @return the frame to send: this one, or one made of it
     * @throws FrameRefusedException to drop it: nothing is sent, and the session goes on as if it had been. A dropped message
     *     in an acknowledging mode stays unacknowledged. Clients wait in vain for a dropped CONNECTED or RECEIPT.
     */
    default FrameView outbound(FrameView frame) {
        return frame;
    }
}
