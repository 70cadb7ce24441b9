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
    final StompTestKit kit = StompTestKit.of(TradeDesk.class, Market.class, BookInMemory.class);

    @Test
    void whoHasNoNameDoesNotTrade() {
        var nobody = kit.connect().subscribe("/topic/trades").send("/queue/trade", ORDER);
        assertThat(nobody.expectProblem().status()).isEqualTo(403);
        nobody.expectNothing();
        assertThat(kit.bean(BookInMemory.class).latest()).isEmpty();
    }

    @Test
    void whoComesBackHasTradesAndPositionsAtOnce() {
        for (String name : List.of("ada", "bob", "ada")) {
            kit.connect(name).send("/queue/trade", ORDER);
        }
        var again = kit.connect("ada").subscribe("/topic/trades").subscribe("/user/queue/positions");
        for (String name : List.of("ada", "bob", "ada")) {
            assertThat(trade(again)).isEqualTo("44 MMM by " + name);
        }
        assertThat(position(again)).isEqualTo("88 MMM");
        again.expectNothing();
        kit.connect().subscribe("/user/queue/positions").expectNothing();
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

    private static String trade(StompTestClient client) {
        Trade trade = client.expectMessage("/topic/trades").as(Trade.class);
        return trade.shares() + " " + trade.ticker() + " by " + trade.trader();
    }

    private static String position(StompTestClient client) {
        Position position = client.expectMessage("/user/queue/positions").as(Position.class);
        return position.shares() + " " + position.ticker();
    }

    private static String ticker(StompTestClient client, String destination) {
        return client.expectMessage(destination).as(Quote.class).ticker();
    }
}
