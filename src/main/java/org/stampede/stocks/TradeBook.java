package org.stampede.stocks;

import java.util.List;

/** Where trades are written down, for good. Thread-safe. */
public interface TradeBook {

    /** How many trades {@link #latest} tells at the most. */
    int LATEST = 50;

    /**
     * Writes a trade down.
     *
     * @param order  what the trader asked for
     * @param quote  the price at which it was executed, and when
     * @param trader whose order it was
     * @return the trade with its number, and the trader's new position
     */
    Entry enter(TradeOrder order, Quote quote, String trader);

    /**
     * The latest trades of all.
     *
     * @return {@link #LATEST} of them at the most, the oldest first
     */
    List<Trade> latest();

    /**
     * What a trader has.
     *
     * @param trader the name
     * @return the positions, in the order of their tickers
     */
    List<Position> positions(String trader);

    /**
     * A line of the book. Immutable.
     *
     * @param trade    what was executed
     * @param position what the trader has of that stock since
     */
    record Entry(Trade trade, Position position) {}
}
