package org.stampede.dispatch;

import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.stampede.messaging.FrameInterceptor;
import org.stampede.messaging.FrameRefusedException;
import org.stampede.messaging.FrameView;
import org.stampede.security.Peer;
import org.stampede.session.Interception;
import org.stampede.session.PolicyException;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;

/** The interceptors of the application, one behind the other. Thread-safe. */
public final class FrameInterceptors implements Interception {

    private static final Logger LOG = System.getLogger(FrameInterceptors.class.getName());

    private final RequestScope requests;
    private final List<FrameInterceptor> inbound;
    private final List<FrameInterceptor> outbound;

    private FrameInterceptors(RequestScope requests, List<FrameInterceptor> inbound) {
        this.requests = requests;
        this.inbound = List.copyOf(inbound);
        var reversed = new ArrayList<>(inbound);
        Collections.reverse(reversed);
        this.outbound = List.copyOf(reversed);
    }

    /** The interceptors among the beans of the application; {@link Interception#NONE} if it has none. */
    public static Interception of(Instance<FrameInterceptor> beans, RequestScope requests) {
        List<FrameInterceptor> ordered = Priorities.ordered(beans);
        return ordered.isEmpty() ? NONE : new FrameInterceptors(requests, ordered);
    }

    @Override
    public Frame inbound(Frame frame, Peer peer) {
        try {
            return requests.call(peer.sessionId(), () -> passed(frame, peer, inbound, FrameInterceptor::inbound));
        } catch (FrameRefusedException refusal) {
            throw new PolicyException(
                    refusal.reason(),
                    "The application refused the frame " + frame.command() + ": " + Quoted.of(refusal.reason()));
        }
    }

    @Override
    public Optional<Frame> outbound(Frame frame, Peer peer) {
        try {
            return Optional.of(passed(frame, peer, outbound, FrameInterceptor::outbound));
        } catch (FrameRefusedException refusal) {
            LOG.log(Level.DEBUG, () -> dropped(frame, peer) + ": " + refusal.reason());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, dropped(frame, peer) + ", since an interceptor failed.", e);
        }
        return Optional.empty();
    }

    private static String dropped(Frame frame, Peer peer) {
        return "A frame " + frame.command() + " to session " + peer.sessionId() + " is dropped";
    }

    private static Frame passed(
            Frame frame,
            Peer peer,
            List<FrameInterceptor> interceptors,
            BiFunction<FrameInterceptor, FrameView, FrameView> way) {
        var view = new InterceptedFrame(frame, peer);
        for (FrameInterceptor interceptor : interceptors) {
            FrameView passed = way.apply(interceptor, view);
            if (!(passed instanceof InterceptedFrame ours && ours.frame().command() == frame.command())) {
                throw new IllegalStateException("The interceptor " + interceptor
                        + " must return the frame that it was given, or one made of it.");
            }
            view = ours;
        }
        return view.frame();
    }
}
