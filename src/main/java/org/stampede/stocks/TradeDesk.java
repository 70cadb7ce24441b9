package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.Principal;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;

/** Where traders come to: takes their orders, and shows newcomers what the stocks cost. Thread-safe. */
@ApplicationScoped
public class TradeDesk {

    @Inject
    Market market;

    @Inject
    Messenger messenger;

    /** Executes an order; the trader has the confirmation, everybody sees the trade. */
    void trade(@Observes @Destination("/queue/trade") TradeOrder order, Message message) {
        Trade trade = market.execute(order, trader(message));
        message.reply("/queue/trades", trade);
        messenger.send("/topic/trades", trade);
    }

    /** A new subscriber has the latest quotes at once, then the live ones. */
    void snapshot(@Observes @Subscribed("/topic/price.stock.{ticker}") SubscriptionEvent subscription) {
        market.quotes().stream()
                .filter(quote -> subscription.covers(quote.topic()))
                .forEach(quote -> subscription.send(quote.topic(), quote));
    }

    private static String trader(Message message) {
        return message.user()
                .map(Principal::getName)
                .orElseGet(() -> "guest-%04x".formatted(message.sessionId().hashCode() & 0xffff));
    }
}
