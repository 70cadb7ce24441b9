package org.stampede.dispatch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stampede.messaging.Answers;
import org.stampede.messaging.SessionSnapshot;
import org.stampede.messaging.SessionsEverywhere;
import org.stampede.messaging.StompSessions;

/** Everywhere is here. Thread-safe. */
record OnlyServer(StompSessions here) implements SessionsEverywhere {

    private static <T> CompletionStage<Answers<T>> answer(T value) {
        return CompletableFuture.completedStage(new Answers<>(value, 1, 0, 0));
    }

    @Override
    public CompletionStage<Answers<Integer>> count() {
        return answer(here.count());
    }

    @Override
    public CompletionStage<Answers<List<SessionSnapshot>>> all() {
        return answer(here.all());
    }

    @Override
    public CompletionStage<Answers<Optional<SessionSnapshot>>> find(String sessionId) {
        return answer(here.find(sessionId));
    }

    @Override
    public CompletionStage<Answers<List<SessionSnapshot>>> ofUser(String user) {
        return answer(here.ofUser(user));
    }

    @Override
    public CompletionStage<Answers<List<SessionSnapshot>>> subscribedTo(String destination) {
        return answer(here.subscribedTo(destination));
    }

    @Override
    public CompletionStage<Answers<Boolean>> disconnect(String sessionId, String reason) {
        return answer(here.disconnect(sessionId, reason));
    }

    @Override
    public CompletionStage<Answers<Integer>> disconnectUser(String user, String reason) {
        return answer(here.disconnectUser(user, reason));
    }
}
