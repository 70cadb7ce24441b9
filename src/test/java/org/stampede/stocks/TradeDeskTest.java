package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.stampede.security.AccessDeniedException;

class TradeDeskTest {

    private static final TradeOrder ORDER = new TradeOrder("BUY", "MMM", BigDecimal.valueOf(44));

    private final List<String> sent = new ArrayList<>();
    private final TradeDesk desk = new TradeDesk();

    @BeforeEach
    void open() {
        desk.market = new Market(1, Clock.systemUTC());
        desk.book = new BookInMemory();
        desk.messenger = new RecordingMessenger(sent);
    }

    @Test
    void aTradeIsConfirmedToItsTraderAndShownToEverybody() {
        desk.trade(ORDER, new OrderMessage(sent, Optional.of(() -> "ada")));
        assertThat(sent)
                .containsExactly(
                        "reply /queue/trades 44 MMM by ada",
                        "ada /queue/positions 44 MMM",
                        "send /topic/trades 44 MMM by ada");
    }

    @Test
    void whoHasNoNameDoesNotTrade() {
        assertThatThrownBy(() -> desk.trade(ORDER, new OrderMessage(sent, Optional.empty())))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(sent).isEmpty();
        assertThat(desk.book.latest()).isEmpty();
    }

    @Test
    void whoComesBackHasTradesAndPositionsAtOnce() {
        for (String trader : List.of("ada", "bob", "ada")) {
            desk.trade(ORDER, new OrderMessage(sent, Optional.of(() -> trader)));
        }
        sent.clear();
        desk.tape(new NewSubscription(sent, "/topic/trades"));
        desk.positions(new NewSubscription(sent, "/user/queue/positions", Optional.of(() -> "ada")));
        desk.positions(new NewSubscription(sent, "/user/queue/positions"));
        assertThat(sent)
                .containsExactly(
                        "/topic/trades 44 MMM by ada",
                        "/topic/trades 44 MMM by bob",
                        "/topic/trades 44 MMM by ada",
                        "/user/queue/positions 88 MMM");
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
        if (payload instanceof Quote quote) {
            return quote.ticker();
        }
        if (payload instanceof Position position) {
            return position.shares() + " " + position.ticker();
        }
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
            sent.add(user + " " + destination + " " + text(payload));
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

    private record NewSubscription(List<String> sent, String destination, Optional<Principal> user)
            implements SubscriptionEvent {

        NewSubscription(List<String> sent, String destination) {
            this(sent, destination, Optional.empty());
        }

        @Override
        public String subscriptionId() {
            return "sub-0";
        }

        @Override
        public String sessionId() {
            return "s-1";
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
            sent.add(to + " " + TradeDeskTest.text(payload));
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
