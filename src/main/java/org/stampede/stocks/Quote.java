package org.stampede.stocks;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * What a stock costs at a moment. Immutable.
 *
 * @param ticker        the symbol of the stock
 * @param name          the name of the company
 * @param price         the latest price, in dollars and cents
 * @param change        the price less the previous close
 * @param changePercent the same in percent of the previous close, to two decimals
 * @param high          the highest price of the day so far
 * @param low           the lowest price of the day so far
 * @param volume        the shares that changed hands so far
 * @param time          when the price was made
 */
@JsonbPropertyOrder({"ticker", "name", "price", "change", "changePercent", "high", "low", "volume", "time"})
public record Quote(
        String ticker,
        String name,
        BigDecimal price,
        BigDecimal change,
        BigDecimal changePercent,
        BigDecimal high,
        BigDecimal low,
        long volume,
        Instant time) {

    /** The first quote of the day. */
    static Quote opening(Stock stock, BigDecimal price, Instant time) {
        return at(stock, price, price, price, 0, time);
    }

    /** The quote after shares of this stock changed hands at a new price. */
    Quote next(BigDecimal newPrice, long shares, Instant now) {
        return at(Stock.valueOf(ticker), newPrice, high.max(newPrice), low.min(newPrice), volume + shares, now);
    }

    /** The topic on which the quotes of this stock are broadcast. */
    String topic() {
        return "/topic/price.stock." + ticker;
    }

    private static Quote at(Stock stock, BigDecimal price, BigDecimal high, BigDecimal low, long volume, Instant time) {
        BigDecimal change = price.subtract(stock.previousClose());
        BigDecimal percent = change.movePointRight(2).divide(stock.previousClose(), 2, RoundingMode.HALF_EVEN);
        return new Quote(stock.name(), stock.company(), price, change, percent, high, low, volume, time);
    }
}
