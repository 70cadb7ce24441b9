package org.stampede.docs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;
import org.stampede.testing.OpenAccess;
import org.stampede.testkit.StompTestKit;

/** The calls of the messenger that {@code docs/messaging.md} lists, made. */
class MessengerGuideTest {

    @RegisterExtension
    final StompTestKit kit = StompTestKit.of(NewsDesk.class, OpenAccess.class);

    @ApplicationScoped
    static class NewsDesk {

        @Inject
        Messenger messenger;

        void tell(@Observes @Destination("/app/tell") String job, Message message) {
            List<String> order = List.of("MMM");
            String sessionId = message.sessionId();
            messenger.send("/topic/x", order);
            messenger.send("/topic/x", "text", Map.of("kind", "news"));
            messenger.sendToUser("ann", "/queue/news", "all sessions of ann");
            messenger.sendToSession(sessionId, "/queue/news", "this one only");
            messenger
                    .sendConfirmed("/queue/work", job)
                    .thenRun(() -> message.reply("/queue/news", "the broker has it"));
        }
    }

    @Test
    void eachCallReachesWhomItShould() {
        var ann = kit.connect("ann").subscribe("/user/queue/news").subscribe("/topic/x");
        var bob = kit.connect("bob").subscribe("/user/queue/news").subscribe("/queue/work");

        bob.send("/app/tell", "dig");

        assertThat(ann.expectMessage("/topic/x").text()).isEqualTo("[\"MMM\"]");
        assertThat(ann.expectMessage("/topic/x").header("kind")).contains("news");
        assertThat(ann.expectMessage("/user/queue/news").text()).isEqualTo("all sessions of ann");
        assertThat(bob.expectMessage("/user/queue/news").text()).isEqualTo("this one only");
        assertThat(bob.expectMessage("/queue/work").text()).isEqualTo("dig");
        assertThat(bob.expectMessage("/user/queue/news").text()).isEqualTo("the broker has it");
    }
}
