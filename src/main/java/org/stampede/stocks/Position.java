package org.stampede.stocks;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;

/**
 * What a trader has of a stock. Immutable.
 *
 * @param ticker    the symbol of the stock
 * @param shares    how many shares; less than 0 if more were sold than bought
 * @param cost      what was paid for them, less what was earned by selling, in dollars and cents
 * @param lastTrade the number of the trade that led here: of two positions in a stock the one with the greater number is the later
 */
@JsonbPropertyOrder({"ticker", "shares", "cost", "lastTrade"})
public record Position(String ticker, long shares, BigDecimal cost, long lastTrade) {}
