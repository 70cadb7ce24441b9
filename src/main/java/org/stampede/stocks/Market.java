package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The exchange: what each stock costs. Prices walk at random, yet are always drawn
 * back a little towards the previous close (an Ornstein-Uhlenbeck process on the logarithm), so that a market left alone
 * for a year neither explodes nor dies: two days out of three a price is within three percent. The same seed gives the
 * same walk. Thread-safe.
 */
@ApplicationScoped
public class Market {

    /** How far a price is from the previous close when the day opens, as a standard deviation. */
    private static final double OPENING_GAP = 0.012;

    /** How far one step takes a price, as a standard deviation. */
    private static final double SHAKE = 0.0004;

    /** How much of its distance from the previous close a price loses in one step. */
    private static final double PULL = 0.0001;

    /** What is turned over in one step at the least, in dollars; nine times as much at the most. */
    private static final double TURNOVER = 12_000;

    private final Clock clock;

    /** Guards the mutable state: the generator and the quotes. */
    private final Object lock = new Object();

    private final RandomGenerator random;
    private final Map<Stock, Quote> quotes = new EnumMap<>(Stock.class);

    /** A market that is different at each start. */
    public Market() {
        this(System.nanoTime(), Clock.systemUTC());
    }

    /** A market that can be told in advance. */
    Market(long seed, Clock clock) {
        this.clock = clock;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (Stock stock : Stock.values()) {
            BigDecimal price = price(stock, random.nextGaussian() * OPENING_GAP);
            quotes.put(stock, Quote.opening(stock, price, now()));
        }
    }

    /**
     * What a stock costs.
     *
     * @param ticker its symbol
     * @return the latest quote
     * @throws IllegalArgumentException if no such stock is listed
     */
    public Quote quote(String ticker) {
        Stock stock = listed(ticker);
        synchronized (lock) {
            return latest(stock);
        }
    }

    /**
     * What all stocks cost.
     *
     * @return the latest quotes, in the order of their tickers
     */
    public List<Quote> quotes() {
        synchronized (lock) {
            return List.copyOf(quotes.values());
        }
    }

    /**
     * Lets the market walk one step: some of the stocks are traded, most of them at a new price.
     *
     * @return the quotes whose price moved, in the order of their tickers
     */
    public List<Quote> advance() {
        List<Quote> moved = new ArrayList<>();
        synchronized (lock) {
            quotes.replaceAll((stock, quote) -> {
                Quote next = random.nextBoolean() ? step(stock, quote) : quote;
                if (!next.price().equals(quote.price())) {
                    moved.add(next);
                }
                return next;
            });
        }
        return moved;
    }

    /**
     * Executes an order at the current price.
     *
     * @param order a valid order
     * @return the price at which it was executed, and when
     * @throws IllegalArgumentException if no such stock is listed
     */
    public Quote execute(TradeOrder order) {
        Stock stock = listed(order.ticker());
        synchronized (lock) {
            Quote quote = latest(stock);
            Quote executed = quote.next(quote.price(), order.shares().intValueExact(), now());
            quotes.put(stock, executed);
            return executed;
        }
    }

    private Quote latest(Stock stock) {
        return Objects.requireNonNull(quotes.get(stock), "Each stock has a quote from the start.");
    }

    private Quote step(Stock stock, Quote quote) {
        double distance =
                Math.log(quote.price().doubleValue() / stock.previousClose().doubleValue());
        double next = distance * (1 - PULL) + random.nextGaussian() * SHAKE;
        long shares = Math.round(
                random.nextInt(1, 10) * TURNOVER / stock.previousClose().doubleValue());
        return quote.next(price(stock, next), shares, now());
    }

    private static BigDecimal price(Stock stock, double distance) {
        double price = stock.previousClose().doubleValue() * Math.exp(distance);
        return BigDecimal.valueOf(price).setScale(2, RoundingMode.HALF_EVEN);
    }

    private static Stock listed(String ticker) {
        return Stock.withTicker(ticker)
                .orElseThrow(() -> new IllegalArgumentException("No stock is listed as " + ticker + "."));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
