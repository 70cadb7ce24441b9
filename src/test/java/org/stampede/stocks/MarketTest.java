package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarketTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Market market = market(42);

    @Test
    void atLeastTwentyFourStocksAreListedUnderTheirOwnTickers() {
        assertThat(market.quotes()).hasSizeGreaterThanOrEqualTo(24);
        assertThat(market.quotes())
                .extracting(Quote::ticker)
                .doesNotHaveDuplicates()
                .contains("MMM");
    }

    @Test
    void theSameSeedGivesTheSameWalk() {
        Market twin = market(42);
        for (int i = 0; i < 500; i++) {
            assertThat(market.advance()).isEqualTo(twin.advance());
        }
        assertThat(market.quotes()).isEqualTo(twin.quotes());
    }

    @Test
    void anotherSeedGivesAnotherWalk() {
        assertThat(market.quotes()).isNotEqualTo(market(43).quotes());
    }

    @Test
    void advanceTellsExactlyTheQuotesThatMoved() {
        List<Quote> before = market.quotes();
        List<Quote> moved = market.advance();
        assertThat(moved).isNotEmpty();
        for (Quote quote : before) {
            boolean hasMoved = !market.quote(quote.ticker()).price().equals(quote.price());
            assertThat(moved.contains(market.quote(quote.ticker()))).isEqualTo(hasMoved);
        }
    }

    @Test
    void everyStockMovesWithinAFewSteps() {
        Set<String> moved = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            market.advance().forEach(quote -> moved.add(quote.ticker()));
        }
        assertThat(moved).hasSize(Stock.values().length);
    }

    @Test
    void theWalkStaysPlausibleForDays() {
        for (int i = 0; i < 200_000; i++) {
            market.advance();
        }
        for (Stock stock : Stock.values()) {
            Quote quote = market.quote(stock.name());
            double close = stock.previousClose().doubleValue();
            assertThat(quote.low().doubleValue()).isGreaterThan(close * 0.8);
            assertThat(quote.high().doubleValue()).isLessThan(close * 1.25);
            assertThat(quote.high().subtract(quote.low()).doubleValue()).isGreaterThan(close * 0.02);
        }
    }

    @Test
    void aQuoteAgreesWithItself() {
        IntStream.range(0, 1000).forEach(i -> market.advance());
        for (Quote quote : market.quotes()) {
            BigDecimal close = Stock.valueOf(quote.ticker()).previousClose();
            assertThat(quote.price()).isBetween(quote.low(), quote.high()).hasScaleOf(2);
            assertThat(quote.price().subtract(quote.change())).isEqualByComparingTo(close);
            assertThat(quote.changePercent().signum() * quote.change().signum()).isNotNegative();
            assertThat(quote.volume()).isPositive();
            assertThat(quote.time()).isEqualTo(NOON);
        }
    }

    @Test
    void anOrderIsExecutedAtTheCurrentPrice() {
        Quote quote = market.quote("MMM");
        Quote executed = market.execute(new TradeOrder("SELL", "MMM", BigDecimal.valueOf(44)));
        assertThat(executed).isEqualTo(quote.next(quote.price(), 44, NOON));
        assertThat(market.quote("MMM")).isEqualTo(executed);
    }

    @Test
    void anUnlistedTickerHasNeitherQuoteNorTrade() {
        assertThatThrownBy(() -> market.quote("XYZ"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No stock is listed as XYZ.");
        assertThatThrownBy(() -> market.execute(new TradeOrder("BUY", "XYZ", BigDecimal.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tradesOfManyThreadsAreAllCountedWhileTheMarketMoves() throws Exception {
        TradeOrder order = new TradeOrder("BUY", "MMM", BigDecimal.TEN);
        Callable<Void> trader = () -> {
            IntStream.range(0, 500).forEach(i -> market.execute(order));
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            Future<?> walk = threads.submit(() -> IntStream.range(0, 500).forEach(i -> market.advance()));
            long walked = volumeOfTheSameWalk();
            for (Future<Void> trades : threads.invokeAll(List.of(trader, trader, trader, trader))) {
                trades.get();
            }
            walk.get();
            assertThat(market.quote("MMM").volume()).isEqualTo(walked + 2000 * 10);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long volumeOfTheSameWalk() {
        Market twin = market(42);
        IntStream.range(0, 500).forEach(i -> twin.advance());
        return twin.quote("MMM").volume();
    }

    private static Market market(long seed) {
        return new Market(seed, Clock.fixed(NOON, ZoneOffset.UTC));
    }
}
