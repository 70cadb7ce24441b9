package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.security.Principal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;
import org.stampede.messaging.SessionAttributes;
import org.stampede.messaging.SubscriptionEvent;

class TradeDeskTest {

    private static final TradeOrder ORDER = new TradeOrder("BUY", "MMM", BigDecimal.valueOf(44));

    private final List<String> sent = new ArrayList<>();
    private final TradeDesk desk = new TradeDesk();

    @BeforeEach
    void open() {
        desk.market = new Market(1, Clock.systemUTC());
        desk.messenger = new RecordingMessenger(sent);
    }

    @Test
    void aTradeIsConfirmedToItsTraderAndShownToEverybody() {
        desk.trade(ORDER, new OrderMessage(sent, Optional.of(() -> "ada")));
        assertThat(sent).containsExactly("reply /queue/trades 44 MMM by ada", "send /topic/trades 44 MMM by ada");
    }

    @Test
    void aTraderWithoutANameIsAGuest() {
        desk.trade(ORDER, new OrderMessage(sent, Optional.empty()));
        assertThat(sent).first().asString().matches("reply /queue/trades 44 MMM by guest-[0-9a-f]{4}");
    }

    @Test
    void aSubscriberOfOneStockHasItsQuoteAtOnce() {
        desk.snapshot(new NewSubscription(sent, "/topic/price.stock.MMM"));
        assertThat(sent).containsExactly("/topic/price.stock.MMM MMM");
    }

    @Test
    void aSubscriberOfAllStocksHasAllQuotesAtOnceEachUnderItsOwnDestination() {
        desk.snapshot(new NewSubscription(sent, "/topic/price.stock.*"));
        assertThat(sent)
                .hasSize(Stock.values().length)
                .contains("/topic/price.stock.MMM MMM", "/topic/price.stock.V V");
    }

    @Test
    void aSubscriberOfAnUnlistedStockHasNothing() {
        desk.snapshot(new NewSubscription(sent, "/topic/price.stock.XYZ"));
        assertThat(sent).isEmpty();
    }

    private static String text(Object payload) {
        Trade trade = (Trade) payload;
        return trade.shares() + " " + trade.ticker() + " by " + trade.trader();
    }

    private record RecordingMessenger(List<String> sent) implements Messenger {

        @Override
        public void send(String destination, Object payload, Map<String, String> headers) {
            sent.add("send " + destination + " " + text(payload));
        }

        @Override
        public CompletionStage<Void> sendConfirmed(String destination, Object payload, Map<String, String> headers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendToUser(String user, String destination, Object payload, Map<String, String> headers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendToSession(String id, String destination, Object payload, Map<String, String> headers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Messenger immediately() {
            return this;
        }
    }

    private record OrderMessage(List<String> sent, Optional<Principal> user) implements Message {

        @Override
        public String destination() {
            return "/queue/trade";
        }

        @Override
        public String variable(String name) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public byte[] body() {
            return new byte[0];
        }

        @Override
        public String text() {
            return "";
        }

        @Override
        public String sessionId() {
            return "s-1";
        }

        @Override
        public SessionAttributes attributes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reply(Object payload) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reply(String destination, Object payload, Map<String, String> headers) {
            sent.add("reply " + destination + " " + TradeDeskTest.text(payload));
        }
    }

    private record NewSubscription(List<String> sent, String destination) implements SubscriptionEvent {

        @Override
        public String subscriptionId() {
            return "sub-0";
        }

        @Override
        public String sessionId() {
            return "s-1";
        }

        @Override
        public Optional<Principal> user() {
            return Optional.empty();
        }

        @Override
        public String variable(String name) {
            return destination.substring(destination.lastIndexOf('.') + 1);
        }

        @Override
        public boolean covers(String other) {
            return destination.equals(other) || variable("ticker").equals("*");
        }

        @Override
        public void send(Object payload) {
            send(destination, payload);
        }

        @Override
        public void send(String to, Object payload) {
            sent.add(to + " " + ((Quote) payload).ticker());
        }

        @Override
        public void sendSnapshot(Object payload) {
            send(payload);
        }

        @Override
        public void sendSnapshot(String to, Object payload) {
            send(to, payload);
        }
    }
}
