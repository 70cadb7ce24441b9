package org.stampede.broker.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.stampede.messaging.Answers;
import org.stampede.messaging.Destination;
import org.stampede.messaging.StompSessions;

/** Asks all servers, for whoever asks it. Stateless. */
@ApplicationScoped
public class NodesDesk {

    @Inject
    StompSessions sessions;

    CompletionStage<String> ofUser(@Observes @Destination("/app/everywhere.user") String user) {
        return sessions.everywhere()
                .ofUser(user)
                .thenApply(answers -> told(answers, answers.value().size()));
    }

    CompletionStage<String> disconnect(@Observes @Destination("/app/everywhere.disconnect") String user) {
        return sessions.everywhere()
                .disconnectUser(user, "Sent away.")
                .thenApply(answers -> told(answers, answers.value()));
    }

    private static String told(Answers<?> answers, int count) {
        return count + " sessions, by " + answers.servers() + " servers, " + answers.silent() + " silent";
    }
}
