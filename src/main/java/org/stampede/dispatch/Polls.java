package org.stampede.dispatch;

import jakarta.json.bind.Jsonb;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.stampede.broker.AwayException;
import org.stampede.dispatch.ServerTalk.About;
import org.stampede.dispatch.ServerTalk.Question;
import org.stampede.messaging.Answers;
import org.stampede.messaging.BrokerAwayException;
import org.stampede.messaging.SessionSnapshot;
import org.stampede.messaging.SessionsEverywhere;
import org.stampede.messaging.StompSessions;
import org.stampede.stomp.Frame;
import org.stampede.transport.Inbox;
import org.stampede.transport.InboxLimits;

/**
 * Asks the other servers in front of the broker about their sessions, and answers them. Servers tell each other that they are there by
 * beats; who missed some of them is forgotten. What is confined to the Inbox needs no locks; applications are told on other threads of
 * the executor, so that they may take their time.
 *
 * <p>Thread-safe; no method waits.
 */
public final class Polls implements SessionsEverywhere {

    private static final Logger LOG = System.getLogger(Polls.class.getName());

    private final StompSessions here;
    private final Function<Frame, CompletionStage<Void>> announcing;
    private final ServerTalk talk;
    private final NeighbourLimits limits;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Inbox inbox;
    private final AtomicLong numbers = new AtomicLong();
    /** Whether a tick waits for its turn: one is enough. */
    private final AtomicBoolean ticking = new AtomicBoolean();

    private volatile boolean left;

    // Confined to the Inbox.
    private final Roster roster;
    private final Map<Long, Poll> polls = new HashMap<>();
    private long nextBeat;
    private boolean beating;

    /**
     * @param here       the sessions of this server
     * @param announcing gives to the other servers what this one has for them, as {@code Broker.announce} does
     * @param jsonb      writes and reads that
     * @param limits     how long others are waited for, and the like
     * @param executor   where questions are answered, and applications told of answers
     * @param nanoTime   the clock, such as {@code System::nanoTime}
     */
    public Polls(
            StompSessions here,
            Function<Frame, CompletionStage<Void>> announcing,
            Jsonb jsonb,
            NeighbourLimits limits,
            Executor executor,
            LongSupplier nanoTime) {
        this.here = here;
        this.announcing = announcing;
        this.talk = ServerTalk.of(jsonb);
        this.limits = limits;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.inbox = new Inbox(executor, InboxLimits.NONE, Polls::failed);
        this.roster = new Roster(limits);
        this.nextBeat = nanoTime.getAsLong();
    }

    private static void failed(RuntimeException failure) {
        LOG.log(Level.WARNING, "What another server has said was passed over.", failure);
    }

    /** Takes what another server has said; returns whether it was for servers rather than for sessions. */
    public boolean hear(Frame announcement) {
        boolean ours = ServerTalk.isTalk(announcement);
        if (ours) {
            inbox.execute(() -> talk.hear(announcement, new Hearing()));
        }
        return ours;
    }

    /** Keeps time; called every now and then by one thread. */
    public void tick() {
        if (ticking.compareAndSet(false, true)) {
            inbox.execute(this::keepTime);
        }
    }

    /** Tells the others that this server ends; from now on it says nothing but answers. */
    public void leave() {
        left = true;
        say(talk.gone());
    }

    /** Says something that is of no use later, if it cannot be said now. */
    private void say(Frame announcement) {
        announcing.apply(announcement).whenComplete((said, failure) -> {
            if (failure != null) {
                LOG.log(Level.DEBUG, "Other servers were not told.", failure);
            }
        });
    }

    private void keepTime() {
        ticking.set(false);
        long now = nanoTime.getAsLong();
        roster.forget(now).forEach(this::forget);
        finishWhatIsOver(now);
        if (!beating && !left && now - nextBeat >= 0) {
            beating = true;
            announcing.apply(talk.here()).whenComplete((said, failure) -> inbox.execute(() -> beaten(failure == null)));
        }
    }

    /** A beat that could not be said is said as soon as it can. */
    private void beaten(boolean said) {
        beating = false;
        nextBeat = said ? nanoTime.getAsLong() + limits.beat().toNanos() : nextBeat;
    }

    private void forget(String server) {
        polls.values().forEach(poll -> poll.forget(server));
    }

    private void finishWhatIsOver(long now) {
        var over = polls.entrySet().stream()
                .filter(entry -> entry.getValue().isOver(now))
                .toList();
        over.forEach(entry -> {
            polls.remove(entry.getKey());
            executor.execute(entry.getValue()::finish);
        });
    }

    /** What others say, in the Inbox. */
    private final class Hearing implements ServerTalk.Listener {

        @Override
        public void here(String server) {
            long now = nanoTime.getAsLong();
            if (roster.here(server, now)) {
                // A new one should know of this one soon.
                nextBeat = now;
            }
        }

        @Override
        public void gone(String server) {
            roster.gone(server);
            forget(server);
            finishWhatIsOver(nanoTime.getAsLong());
        }

        @Override
        public void asked(Question question) {
            Poll.Found found = find(question);
            say(talk.answer(question, found.count(), found.sessions(), limits.answerOctets()));
        }

        @Override
        public void answered(ServerTalk.Answer answer) {
            Poll poll = polls.get(answer.found().number());
            if (poll != null) {
                poll.add(answer);
                finishWhatIsOver(nanoTime.getAsLong());
            }
        }
    }

    private Poll.Found find(Question question) {
        String name = question.name();
        return switch (question.about()) {
            case COUNT -> new Poll.Found(here.count(), List.of());
            case ALL -> found(here.all());
            case SESSION -> found(here.find(name).stream().toList());
            case USER -> found(here.ofUser(name));
            case SUBSCRIBED -> found(here.subscribedTo(name));
            case DISCONNECT_SESSION -> new Poll.Found(here.disconnect(name, question.reason()) ? 1 : 0, List.of());
            case DISCONNECT_USER -> new Poll.Found(here.disconnectUser(name, question.reason()), List.of());
        };
    }

    private static Poll.Found found(List<SessionSnapshot> sessions) {
        return new Poll.Found(sessions.size(), sessions);
    }

    private <T> CompletionStage<Answers<T>> ask(About about, String name, String reason, Function<Poll.Found, T> form) {
        var question = new Question(talk.self(), numbers.incrementAndGet(), about, name, reason);
        var poll = new Poll(question, find(question));
        inbox.execute(() -> begin(poll));
        return poll.outcome(form);
    }

    private void begin(Poll poll) {
        long now = nanoTime.getAsLong();
        poll.await(roster.servers(), now + limits.answerTime().toNanos());
        if (polls.size() >= limits.questions()) {
            fail(
                    poll,
                    new RejectedExecutionException("The other servers have " + limits.questions()
                            + " questions to answer already (setting " + NeighbourLimits.QUESTIONS + ")."));
            return;
        }
        polls.put(poll.question().number(), poll);
        if (poll.isOver(now)) {
            finishWhatIsOver(now);
            return;
        }
        announcing.apply(talk.ask(poll.question())).whenComplete((said, failure) -> {
            if (failure != null) {
                inbox.execute(() -> notAsked(poll, failure));
            }
        });
    }

    private void notAsked(Poll poll, Throwable failure) {
        if (polls.remove(poll.question().number(), poll)) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            String why = cause instanceof AwayException away ? away.detail() : "The other servers cannot be asked.";
            fail(poll, new BrokerAwayException(why, cause instanceof AwayException away && away.isPerhapsSent()));
        }
    }

    private void fail(Poll poll, RuntimeException cause) {
        executor.execute(() -> poll.fail(cause));
    }

    @Override
    public CompletionStage<Answers<Integer>> count() {
        return ask(About.COUNT, "", "", Poll.Found::count);
    }

    @Override
    public CompletionStage<Answers<List<SessionSnapshot>>> all() {
        return ask(About.ALL, "", "", Poll.Found::sessions);
    }

    @Override
    public CompletionStage<Answers<Optional<SessionSnapshot>>> find(String sessionId) {
        return ask(
                About.SESSION, sessionId, "", found -> found.sessions().stream().findFirst());
    }

    @Override
    public CompletionStage<Answers<List<SessionSnapshot>>> ofUser(String user) {
        return ask(About.USER, user, "", Poll.Found::sessions);
    }

    @Override
    public CompletionStage<Answers<List<SessionSnapshot>>> subscribedTo(String destination) {
        return ask(About.SUBSCRIBED, destination, "", Poll.Found::sessions);
    }

    @Override
    public CompletionStage<Answers<Boolean>> disconnect(String sessionId, String reason) {
        return ask(About.DISCONNECT_SESSION, sessionId, reason, found -> found.count() > 0);
    }

    @Override
    public CompletionStage<Answers<Integer>> disconnectUser(String user, String reason) {
        return ask(About.DISCONNECT_USER, user, reason, Poll.Found::count);
    }
}
