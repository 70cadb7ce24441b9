package org.stampede.stocks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link Position}, as stored. Not thread-safe. */
@Entity
@Table(name = "stocks_holding")
@IdClass(Holding.Key.class)
public class Holding {

    @Id
    @Column(name = "trader")
    private String trader = "";

    @Id
    @Column(name = "ticker")
    private String ticker = "";

    @Column(name = "shares")
    private long shares;

    @Column(name = "cost")
    private BigDecimal cost = BigDecimal.ZERO;

    @Column(name = "last_trade")
    private long lastTrade;

    /** For Jakarta Persistence. */
    protected Holding() {}

    Holding(String trader, String ticker) {
        this.trader = trader;
        this.ticker = ticker;
    }

    /** Adds what was bought, takes away what was sold. */
    void add(Trade trade) {
        boolean bought = trade.action() == Action.BUY;
        shares += bought ? trade.shares() : -trade.shares();
        cost = cost.add(bought ? trade.total() : trade.total().negate());
        lastTrade = trade.id();
    }

    Position position() {
        return new Position(ticker, shares, cost, lastTrade);
    }

    /** Which row: that of a trader and a stock. Its shape is demanded by Jakarta Persistence. */
    public static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private String trader = "";
        private String ticker = "";

        /** For Jakarta Persistence. */
        public Key() {}

        Key(String trader, String ticker) {
            this.trader = trader;
            this.ticker = ticker;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && trader.equals(key.trader) && ticker.equals(key.ticker);
        }

        @Override
        public int hashCode() {
            return Objects.hash(trader, ticker);
        }
    }
}
