package org.stampede.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stampede.broker.AwayException;
import org.stampede.broker.RefusedException;
import org.stampede.security.AccessRules.Action;
import org.stampede.security.Identity;
import org.stampede.security.Peer;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.Headers;
import org.stampede.stomp.HeartBeat;
import org.stampede.stomp.LimitExceededException;
import org.stampede.stomp.MalformedFrameException;
import org.stampede.stomp.Quoted;
import org.stampede.stomp.StompException;
import org.stampede.stomp.StompVersion;
import org.stampede.transport.CloseReason;
import org.stampede.transport.Inbox;
import org.stampede.transport.Outbox;

/**
 * One client's session, from its first frame to its last: opens it at CONNECT, hands later frames to the
 * {@link Conversation}, and is the single place that turns a {@link StompException} into an ERROR frame, after which the
 * session is over.
 *
 * <p>Confined to its session's Inbox, but for {@link #disconnect}.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html">STOMP 1.2</a>
 */
final class StompSession {

    private static final Logger LOG = System.getLogger(StompSession.class.getName());

    /** Changes when the client logs in. */
    private volatile Peer peer;

    private final SessionContext context;
    private final Outbox outbox;
    /** The session's Inbox, by which stages of the broker and of handlers come back. */
    private final Inbox inbox;
    /** Run when the client is let in, before CONNECTED is on its way. */
    private final Runnable admission;
    /** Given the heart-beats of the client when CONNECTED is on its way. */
    private final Consumer<HeartBeat> onConnected;
    /** What is done when it is known who the client is. */
    private final Continuations login;
    /** What came from the client. */
    private final Intake intake;
    /** What came after CONNECT and before it is known who the client is; bounded as all is that comes before CONNECTED. */
    private final List<Frame> waiting = new ArrayList<>();

    private volatile boolean loggingIn;
    /** Null before CONNECT. */
    private @Nullable Conversation conversation;
    /** Agreed upon at CONNECT; before, the newest. */
    private StompVersion version = StompVersion.V1_2;
    /** Cleared, by any thread, when no further frame is of interest: after DISCONNECT, an ERROR, or the end of the connection. */
    private volatile boolean hearing = true;
    /** Set when nothing more is to be said but what waits in the Outbox. */
    private boolean over;

    StompSession(
            Peer peer,
            SessionContext context,
            Outbox outbox,
            Inbox inbox,
            Runnable admission,
            Consumer<HeartBeat> onConnected) {
        this.peer = peer;
        this.context = context;
        this.outbox = outbox;
        this.inbox = inbox;
        this.admission = admission;
        this.onConnected = onConnected;
        this.login = new Continuations(inbox, this::fail);
        this.intake = new Intake(inbox, this::receive, this::refuse);
    }

    /** Who is at the other end, as far as it is known; any thread. */
    Peer peer() {
        return peer;
    }

    /** Whether CONNECT has come, and it is being found out who the client is; any thread. */
    boolean isLoggingIn() {
        return loggingIn;
    }

    void receive(FrameBatch received) {
        intake.take(received.readAs(version));
    }

    /** Passes over no frame, but hears none until a stage completes, so that the client is slowed down. */
    void hold(CompletionStage<?> until) {
        intake.hold(until);
    }

    private void receive(Frame frame) {
        if (!hearing) {
            return;
        }
        if (loggingIn) {
            waiting.add(frame);
            return;
        }
        try {
            Frame passed = context.interception().inbound(frame, peer);
            if (conversation == null) {
                connect(passed);
            } else {
                conversation.handle(passed);
            }
        } catch (RuntimeException | Error e) {
            // Errors as well: those of handlers must not keep the session from ending.
            fail(e, frame);
        }
    }

    private void connect(Frame frame) {
        if (!frame.command().opensConnection()) {
            throw new ProtocolException(
                    "Not connected", "The first frame must be CONNECT, and is " + frame.command() + ".");
        }
        version = Requests.version(frame);
        outbox.version(version);
        HeartBeat heartBeat = Requests.heartBeat(frame, version);
        loggingIn = true;
        login.then(context.login().login(frame, peer), frame, identity -> {
            loggingIn = false;
            identity.ifPresent(this::becomes);
            begin(frame, heartBeat);
            waiting.forEach(intake::take);
            waiting.clear();
        });
    }

    private void refuseTooManyOf(Peer newcomer) {
        int most = context.settings().userSessions();
        int others = newcomer.user()
                .map(user -> context.registry().ofUser(user.getName()).size())
                .orElse(0);
        if (others >= most) {
            throw new LimitExceededException(
                    "sessions of a user", most, "sessions", "stampede.limit.sessions-per-user");
        }
    }

    /** The client has proven who it is. */
    private void becomes(Identity identity) {
        Peer known = peer.as(identity);
        if (known.isExpired(context.clock().instant())) {
            throw PolicyException.loginFailed();
        }
        peer = known;
    }

    /** The client has proven anew who it is; it must be the same user. */
    void renewed(Identity identity) {
        boolean same = peer.user()
                .map(Principal::getName)
                .equals(Optional.of(identity.user().getName()));
        if (!same) {
            throw PolicyException.loginFailed();
        }
        becomes(identity);
    }

    private void begin(Frame connect, HeartBeat heartBeat) {
        if (!context.access().allows(Action.CONNECT, "", peer)) {
            throw PolicyException.accessDenied();
        }
        refuseTooManyOf(peer);
        var subscriptions = new Subscriptions(context.settings(), version);
        var self = new ConnectedSession(
                peer, context.clock().instant(), UUID.randomUUID().toString(), subscriptions::begun, this::disconnect);
        var broker = context.broker().open(peer, version, outbox, connect);
        var begun = new Conversation(self, subscriptions, broker, version, context, outbox, inbox, this);
        // From here on there is something to end, whatever happens.
        conversation = begun;
        admission.run();
        begun.begin(connectedFrame());
        onConnected.accept(heartBeat);
        context.handlers().connected(peer);
    }

    private Frame connectedFrame() {
        var settings = context.settings();
        var headers = Headers.of("session", peer.sessionId(), "server", settings.server());
        if (version != StompVersion.V1_0) {
            headers = Headers.of(
                            "version",
                            version.number(),
                            "heart-beat",
                            settings.heartBeat().value())
                    .plusAll(headers);
        }
        var user = peer.user().map(Principal::getName);
        headers = user.isPresent() ? headers.plus("user-name", user.get()) : headers;
        var expires = peer.expires().map(Instant::toEpochMilli).map(String::valueOf);
        return Frame.of(Command.CONNECTED, expires.isPresent() ? headers.plus("expires", expires.get()) : headers);
    }

    /** Ends the session because of what the parser found. */
    private void refuse(StompException fault) {
        if (!hearing) {
            return;
        }
        var reason = fault instanceof MalformedFrameException ? CloseReason.PROTOCOL_ERROR : CloseReason.TOO_BIG;
        fail(fault, Headers.NONE, reason);
    }

    /** Ends the session because of a frame (STOMP 1.2, section ERROR), unless nobody but the absence of the broker is to blame. */
    void fail(Throwable cause, Frame culprit) {
        if (cause instanceof AwayException away) {
            if (!over) {
                context.handlers().undelivered(culprit, peer, away);
            }
        } else if (cause instanceof StompException fault) {
            fail(fault, Requests.culprit(culprit), closeReason(fault));
        } else {
            failInternally(cause, culprit);
        }
    }

    /** Ends the session because of the state of the connection. */
    void fail(StompException cause, Headers more, CloseReason reason) {
        if (over) {
            return;
        }
        hearing = false;
        over = true;
        // Anybody can break the protocol as often as he likes: that must not fill the log.
        Level level = reason == CloseReason.PROTOCOL_ERROR ? Level.DEBUG : Level.INFO;
        LOG.log(level, () -> "Session " + peer.sessionId() + " ends with ERROR: " + Quoted.of(cause.summary()));
        outbox.closeWith(errorFrame(cause, more), reason);
        end();
    }

    /** A bug of ours: the client learns an id under which the log has the rest. */
    private void failInternally(Throwable bug, Frame culprit) {
        String id = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "Session " + peer.sessionId() + " failed on " + culprit.command() + ", id " + id, bug);
        var error =
                new ProtocolException("Internal error", "The server failed; its log has more under the id " + id + ".");
        fail(error, Requests.culprit(culprit), CloseReason.SERVER_ERROR);
    }

    /** Whoever sends frames that are wrong breaks the protocol; who sends too many, or unwanted ones, the policy. */
    private static CloseReason closeReason(StompException fault) {
        boolean tooMany = fault instanceof LimitExceededException
                || fault instanceof PolicyException
                || (fault instanceof RefusedException refused && refused.isForWantOfRoom());
        return tooMany ? CloseReason.POLICY : CloseReason.PROTOCOL_ERROR;
    }

    static Frame errorFrame(StompException cause, Headers more) {
        var headers = Headers.of("message", cause.summary(), "content-type", "text/plain");
        if (cause instanceof ProtocolException protocol) {
            headers = headers.plusAll(protocol.headers());
        }
        return Frame.of(Command.ERROR, headers.plusAll(more), cause.detail() + "\n");
    }

    /** Passes over all further frames. */
    void hearNoMore() {
        hearing = false;
    }

    /** Ends the session after its DISCONNECT. */
    void finish() {
        outbox.closeAfterFlush(CloseReason.NORMAL);
        end();
    }

    /** Ends the session from outside; any thread. The client is told at once, even if a handler is at work. */
    private void disconnect(String reason) {
        hearing = false;
        LOG.log(Level.INFO, () -> "Session " + peer.sessionId() + " is ended by the application: " + Quoted.of(reason));
        var cause = new PolicyException(reason, "The application ended the session: " + reason);
        outbox.closeWith(errorFrame(cause, Headers.NONE), CloseReason.POLICY);
        inbox.execute(this::end);
    }

    /**
     * Releases all that the session holds. The last task of the Inbox, at the latest.
     *
     * @return completed when the broker knows
     */
    CompletionStage<Void> end() {
        intake.end();
        hearing = false;
        over = true;
        login.end();
        return conversation == null ? CompletableFuture.completedStage(null) : conversation.end();
    }
}
