package org.stampede.stocks;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;

/**
 * What a trader asks for: {@code {"action":"BUY","ticker":"MMM","shares":44}}. Immutable.
 *
 * <p>The types are wider than the values that are allowed, so that a wrong value becomes a violation which names its
 * field: JSON Binding would refuse an unknown constant of an enum without saying which there are, and would cut 1.5
 * shares down to 1 where an {@code int} is asked for.
 *
 * @param action {@code BUY} or {@code SELL}
 * @param ticker the symbol of a listed stock
 * @param shares how many shares
 */
public record TradeOrder(
        @NotNull(message = "must be BUY or SELL") @Pattern(regexp = "BUY|SELL", message = "must be BUY or SELL")
        String action,

        @NotNull(message = "must be a listed ticker, such as MMM") @ListedTicker
        String ticker,

        @NotNull(message = "must be a number of shares")
        @Positive(message = "must be greater than 0")
        @Max(value = MAX_SHARES, message = "must not be greater than {value}")
        @Digits(integer = 99, fraction = 0, message = "must be a whole number")
        BigDecimal shares) {

    /** The biggest order that is taken. */
    static final int MAX_SHARES = 10_000;
}
