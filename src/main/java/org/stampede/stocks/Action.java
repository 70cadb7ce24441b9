package org.stampede.stocks;

/** What a trader does. Immutable. */
public enum Action {
    /** Takes shares for money. */
    BUY,
    /** Takes money for shares. */
    SELL
}
