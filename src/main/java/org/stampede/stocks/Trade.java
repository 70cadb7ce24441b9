package org.stampede.stocks;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * An order that was executed. Immutable.
 *
 * @param id     the number of the trade, counted from 1 on, and on after a restart
 * @param action whether the trader bought or sold
 * @param ticker the symbol of the stock
 * @param shares how many shares
 * @param price  what each of them cost
 * @param total  what all of them cost
 * @param trader whose order it was
 * @param time   when it was executed
 */
@JsonbPropertyOrder({"id", "action", "ticker", "shares", "price", "total", "trader", "time"})
public record Trade(
        long id,
        Action action,
        String ticker,
        int shares,
        BigDecimal price,
        BigDecimal total,
        String trader,
        Instant time) {

    /** An order that is executed at a quote. */
    static Trade of(long id, TradeOrder order, Quote quote, String trader) {
        BigDecimal total = quote.price().multiply(order.shares()).setScale(2, RoundingMode.UNNECESSARY);
        int shares = order.shares().intValueExact();
        return new Trade(
                id, Action.valueOf(order.action()), quote.ticker(), shares, quote.price(), total, trader, quote.time());
    }
}
