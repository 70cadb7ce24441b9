package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.Principal;
import java.util.List;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.security.AccessDeniedException;

/** Where traders come to: takes their orders, and shows newcomers what the stocks cost. Thread-safe. */
@ApplicationScoped
public class TradeDesk {

    @Inject
    Market market;

    @Inject
    TradeBook book;

    @Inject
    Messenger messenger;

    /** Executes an order and writes it down; the trader has the confirmation and sees the position, everybody sees the trade. */
    void trade(@Observes @Destination("/queue/trade") TradeOrder order, Message message) {
        String trader = trader(message);
        TradeBook.Entry entry = book.enter(order, market.execute(order), trader);
        message.reply("/queue/trades", entry.trade());
        messenger.sendToUser(trader, "/queue/positions", entry.position());
        messenger.send("/topic/trades", entry.trade());
    }

    /** A new subscriber has the latest quotes at once, then the live ones. */
    void snapshot(@Observes @Subscribed("/topic/price.stock.{ticker}") SubscriptionEvent subscription) {
        market.quotes().stream()
                .filter(quote -> subscription.covers(quote.topic()))
                .forEach(quote -> subscription.send(quote.topic(), quote));
    }

    /** A new subscriber has the latest trades at once; one may come again, live, and is known by its number. */
    void tape(@Observes @Subscribed("/topic/trades") SubscriptionEvent subscription) {
        book.latest().forEach(subscription::send);
    }

    /** A trader who comes back finds the positions as they were left, by restarts and all. */
    void positions(@Observes @Subscribed("/user/queue/positions") SubscriptionEvent subscription) {
        subscription
                .user()
                .map(Principal::getName)
                .map(book::positions)
                .orElse(List.of())
                .forEach(subscription::send);
    }

    /** By the access rules nobody gets here without having signed in. */
    private static String trader(Message message) {
        return message.user()
                .map(Principal::getName)
                .orElseThrow(() -> new AccessDeniedException("Who trades must have signed in."));
    }
}
