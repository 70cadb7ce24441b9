package org.stampede.dispatch;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.stampede.destination.UserDestination;
import org.stampede.messaging.Message;
import org.stampede.messaging.Problem.Violation;
import org.stampede.messaging.SessionAttributes;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;

/** A SEND frame as its handler sees it. Immutable. */
record ReceivedMessage(
        Frame frame, Peer peer, Map<String, String> variables, BrokerMessenger messenger, SessionAttributes attributes)
        implements Message, Occasion {

    private static final String REPLY_TO = "reply-to";
    private static final String CORRELATION_ID = "correlation-id";

    @Override
    public String destination() {
        return frame.header("destination").orElseThrow();
    }

    @Override
    public String variable(String name) {
        return SubscriptionView.variable(variables, name);
    }

    @Override
    public Optional<String> header(String name) {
        return frame.header(name);
    }

    @Override
    public Map<String, String> headers() {
        return frame.headerMap();
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
    public Optional<Principal> user() {
        return peer.user();
    }

    @Override
    public String sessionId() {
        return peer.sessionId();
    }

    /** Whether the sender asks for a reply. */
    boolean wantsReply() {
        return header(REPLY_TO).isPresent();
    }

    /**
     * The place within the session where the reply goes to.
     *
     * @throws UnfitMessageException if the sender asks for it elsewhere
     */
    String replyPlace() {
        String replyTo = header(REPLY_TO)
                .orElseThrow(
                        () -> new IllegalStateException("The message asks for no reply: it has no header reply-to."));
        return UserDestination.replyPlace(replyTo)
                .orElseThrow(() -> new UnfitMessageException(new Violation(
                        REPLY_TO,
                        Quoted.of(replyTo) + " must be a place of the session itself, such as /temp-queue/replies or"
                                + " /user/queue/replies")));
    }

    @Override
    public void reply(Object payload) {
        messenger.sendToSession(peer.sessionId(), replyPlace(), payload, correlation());
    }

    /** Sends a problem to where the reply would have gone to, else to the session's errors. */
    @Override
    public void sendProblem(String problem) {
        String place = header(REPLY_TO).flatMap(UserDestination::replyPlace).orElse(Problems.ERRORS);
        Problems.send(messenger, peer.sessionId(), place, problem, header(CORRELATION_ID));
    }

    private Map<String, String> correlation() {
        return header(CORRELATION_ID).map(id -> Map.of(CORRELATION_ID, id)).orElse(Map.of());
    }

    @Override
    public void reply(String destination, Object payload, Map<String, String> headers) {
        messenger.sendToSession(peer.sessionId(), destination, payload, headers);
    }
}
