package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.testkit.StompTestClient;
import org.stampede.testkit.StompTestKit;

class TradeDeskTest {

    private static final String ORDER = "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":44}";

    @RegisterExtension
    final StompTestKit kit = StompTestKit.of(TradeDesk.class, Market.class);

    @Test
    void aTradeIsConfirmedToItsTraderAndShownToEverybody() {
        var ada = trader(kit.connect("ada"));
        assertThat(trade(ada, "/user/queue/trades")).isEqualTo("44 MMM by ada");
        assertThat(trade(ada, "/topic/trades")).isEqualTo("44 MMM by ada");
        ada.expectNothing();
    }

    @Test
    void aTraderWithoutANameIsAGuest() {
        var guest = trader(kit.connect());
        assertThat(trade(guest, "/user/queue/trades")).matches("44 MMM by guest-[0-9a-f]{4}");
    }

    @Test
    void aSubscriberOfOneStockHasItsQuoteAtOnce() {
        var client = kit.connect().subscribe("/topic/price.stock.MMM");
        assertThat(ticker(client, "/topic/price.stock.MMM")).isEqualTo("MMM");
        client.expectNothing();
    }

    @Test
    void aSubscriberOfAllStocksHasAllQuotesAtOnceEachUnderItsOwnDestination() {
        var client = kit.connect().subscribe("/topic/price.stock.*");
        List<Quote> quotes = List.copyOf(kit.bean(Market.class).quotes());
        assertThat(quotes).hasSize(Stock.values().length);
        for (Quote quote : quotes) {
            assertThat(ticker(client, "/topic/price.stock." + quote.ticker())).isEqualTo(quote.ticker());
        }
        client.expectNothing();
    }

    @Test
    void aSubscriberOfAnUnlistedStockHasNothing() {
        kit.connect().subscribe("/topic/price.stock.XYZ").expectNothing();
    }

    /** Somebody who hears of all his trades, and has just given an order. */
    private static StompTestClient trader(StompTestClient client) {
        return client.subscribe("/user/queue/trades").subscribe("/topic/trades").send("/queue/trade", ORDER);
    }

    private static String trade(StompTestClient client, String destination) {
        Trade trade = client.expectMessage(destination).as(Trade.class);
        return trade.shares() + " " + trade.ticker() + " by " + trade.trader();
    }

    private static String ticker(StompTestClient client, String destination) {
        return client.expectMessage(destination).as(Quote.class).ticker();
    }
}
