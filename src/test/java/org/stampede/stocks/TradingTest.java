package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.testkit.StompTestKit;

/** The sample's handlers, tested as docs/testing.md shows. */
class TradingTest {

    @RegisterExtension
    final StompTestKit kit = StompTestKit.of(TradeDesk.class, Market.class, BookInMemory.class);

    @Test
    void aTradeIsConfirmedToItsTraderAndShownToEverybody() {
        var ann = kit.connect("ann").subscribe("/user/queue/trades");
        var bob = kit.connect("bob").subscribe("/user/queue/trades").subscribe("/topic/trades");

        ann.send("/queue/trade", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":44}");

        Trade confirmed = ann.expectMessage("/user/queue/trades").as(Trade.class);
        assertThat(confirmed.trader()).isEqualTo("ann");
        assertThat(bob.expectMessage("/topic/trades").as(Trade.class)).isEqualTo(confirmed);
        bob.expectNothing();
    }

    @Test
    void whoComesBackFindsTradesAndPositionsAsTheyWereLeft() {
        var ann = kit.connect("ann").subscribe("/user/queue/positions");
        ann.send("/queue/trade", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":44}");
        Position bought = ann.expectMessage("/user/queue/positions").as(Position.class);
        ann.send("/queue/trade", "{\"action\":\"SELL\",\"ticker\":\"MMM\",\"shares\":45}");
        Position sold = ann.expectMessage("/user/queue/positions").as(Position.class);
        assertThat(bought.shares()).isEqualTo(44);
        assertThat(sold.shares()).isEqualTo(-1);
        assertThat(sold.cost()).isEqualByComparingTo(bought.cost().divide(BigDecimal.valueOf(-44)));

        var again = kit.connect("ann").subscribe("/user/queue/positions");

        assertThat(again.expectMessage("/user/queue/positions").as(Position.class))
                .isEqualTo(sold);
        again.expectNothing();
    }

    @Test
    void anOrderForNothingIsRefusedAndNobodySeesIt() {
        var ann = kit.connect("ann").subscribe("/topic/trades");

        ann.send("/queue/trade", "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":0}");

        assertThat(ann.expectProblem().violations())
                .extracting(violation -> violation.path() + " " + violation.message())
                .containsExactly("shares must be greater than 0");
        ann.expectNothing();
    }

    @Test
    void aNewSubscriberHasTheLatestQuoteAtOnce() {
        var client = kit.connect().subscribe("/topic/price.stock.MMM");

        Quote quote = client.expectMessage("/topic/price.stock.MMM").as(Quote.class);
        assertThat(quote).isEqualTo(kit.bean(Market.class).quote("MMM"));
    }
}
