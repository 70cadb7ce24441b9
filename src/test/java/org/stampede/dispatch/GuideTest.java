package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.stampede.dispatch.Payloads.Order;
import org.stampede.messaging.Destination;
import org.stampede.messaging.DestinationVariable;
import org.stampede.messaging.Header;
import org.stampede.messaging.Message;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.SendToUser;
import org.stampede.messaging.Sender;

/** The code of {@code docs/handlers.md}, run; {@code DocsTest} compares. */
class GuideTest {

    @ApplicationScoped
    static class OrderDesk {

        @SendTo("/topic/orders")
        Order place(@Observes @Destination("/app/order") Order order) {
            return order;
        }

        @SendToUser("/queue/cancelled")
        String cancel(
                @Observes @Destination("/app/order.{id}.cancel") String reason,
                @DestinationVariable("id") UUID id,
                @Header("at") Optional<Instant> at,
                @Header(value = "priority", defaultValue = "5") int priority,
                @Sender Principal trader) {
            return trader.getName() + " cancelled " + id + " (" + priority + ") because of " + reason + at;
        }

        void count(@Observes @Destination("/app/count") String body, Message message) {
            int count = message.attributes().get("count", Integer.class).orElse(0) + 1;
            message.attributes().put("count", count);
            message.reply(count);
        }

        Order find(@Observes @Destination("/app/find") String ticker) {
            return new Order(Payloads.Action.BUY, ticker, 1);
        }

        CompletionStage<Integer> price(@Observes @Destination("/app/price") String ticker) {
            return askTheStockExchange(ticker).thenApply(price -> price + 1);
        }

        private static CompletableFuture<Integer> askTheStockExchange(String ticker) {
            return CompletableFuture.completedFuture(ticker.length());
        }
    }

    @Test
    void theCodeOfTheGuideWorks() throws Exception {
        try (var app = TestApplication.of(OrderDesk.class)) {
            var ann = app.connect("ann").say("SUBSCRIBE\nid:0\ndestination:/topic/orders\n\n^@");
            ann.say("SUBSCRIBE\nid:1\ndestination:/user/queue/cancelled\n\n^@");
            ann.send("/app/order", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":4}");
            assertThat(ann.wire).sent(MESSAGE, "subscription:0").sent(RECEIPT).isExhausted();
            var id = new UUID(1, 2);
            ann.send("/app/order." + id + ".cancel", "boredom");
            assertThat(ann.wire)
                    .sent(MESSAGE, "subscription:1")
                    .withBody("ann cancelled " + id + " (5) because of boredomOptional.empty")
                    .sent(RECEIPT)
                    .isExhausted();
            for (String place : new String[] {"/app/count", "/app/find", "/app/price"}) {
                ann.say("SEND\ndestination:" + place + "\nreply-to:/temp-queue/r\ncorrelation-id:7\n\nMMM^@");
                assertThat(ann.wire)
                        .sent(MESSAGE, "subscription:/temp-queue/r", "correlation-id:7")
                        .isExhausted();
            }
        }
    }
}
