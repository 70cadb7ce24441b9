package org.stampede.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.stampede.dispatch.ServerTalk.Question;
import org.stampede.messaging.Answers;
import org.stampede.messaging.SessionSnapshot;

/** A question to all servers, and what is answered. Confined to one thread at a time, but for {@link #outcome}. */
final class Poll {

    /**
     * What servers have found.
     *
     * @param count    how many sessions
     * @param sessions which, if that was asked
     */
    record Found(int count, List<SessionSnapshot> sessions) {}

    private final Question question;
    private final List<SessionSnapshot> sessions;
    private final CompletableFuture<Answers<Found>> outcome = new CompletableFuture<>();
    private final Set<String> answered = new HashSet<>();

    private Set<String> awaited = Set.of();
    private long until;
    private int count;
    private int leftOut;

    /** @param here what this server has found */
    Poll(Question question, Found here) {
        this.question = question;
        this.count = here.count();
        this.sessions = new ArrayList<>(here.sessions());
    }

    /** Begins to wait for other servers; not longer than to a certain time. */
    void await(Set<String> servers, long end) {
        awaited = new HashSet<>(servers);
        until = end;
    }

    Question question() {
        return question;
    }

    /** As the application is told, on a thread of the executor, what was found. */
    <T> CompletionStage<Answers<T>> outcome(Function<Found, T> form) {
        return outcome.thenApply(
                        all -> new Answers<>(form.apply(all.value()), all.servers(), all.silent(), all.leftOut()))
                .minimalCompletionStage();
    }

    /** A session is on one server only: the others need not be waited for when it was found. */
    boolean isOver(long now) {
        return awaited.isEmpty() || now - until >= 0 || (question.about().isOfOneSession() && count > 0);
    }

    /** A server has answered; a second answer does not count. */
    void add(ServerTalk.Answer answer) {
        if (answered.add(answer.found().from())) {
            awaited.remove(answer.found().from());
            count += answer.found().count();
            sessions.addAll(answer.sessions());
            leftOut += question.about().tellsSessions()
                    ? Math.max(0, answer.found().count() - answer.sessions().size())
                    : 0;
        }
    }

    /** Nobody waits any more for a server that is gone. */
    void forget(String server) {
        awaited.remove(server);
    }

    void finish() {
        sessions.sort(Comparator.comparing(SessionSnapshot::since));
        boolean found = question.about().isOfOneSession() && count > 0;
        outcome.complete(new Answers<>(
                new Found(count, List.copyOf(sessions)), answered.size() + 1, found ? 0 : awaited.size(), leftOut));
    }

    void fail(RuntimeException cause) {
        outcome.completeExceptionally(cause);
    }
}
