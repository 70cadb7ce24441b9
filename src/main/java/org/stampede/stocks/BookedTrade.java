package org.stampede.stocks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;

/** A {@link Trade}, as stored. Never changes. */
@Entity
@Table(name = "stocks_trade")
public class BookedTrade {

    @Id
    @Column(name = "id")
    private long id;

    @Enumerated(EnumType.STRING)
    @Column(name = "side")
    private Action action = Action.BUY;

    @Column(name = "ticker")
    private String ticker = "";

    @Column(name = "shares")
    private int shares;

    @Column(name = "price")
    private BigDecimal price = BigDecimal.ZERO;

    @Column(name = "total")
    private BigDecimal total = BigDecimal.ZERO;

    @Column(name = "trader")
    private String trader = "";

    /** Milliseconds since 1970: not every implementation of Jakarta Persistence 3.1 stores an {@link Instant}. */
    @Column(name = "executed")
    private long executed;

    /** For Jakarta Persistence. */
    protected BookedTrade() {}

    BookedTrade(Trade trade) {
        id = trade.id();
        action = trade.action();
        ticker = trade.ticker();
        shares = trade.shares();
        price = trade.price();
        total = trade.total();
        trader = trade.trader();
        executed = trade.time().toEpochMilli();
    }

    Trade trade() {
        return new Trade(id, action, ticker, shares, price, total, trader, Instant.ofEpochMilli(executed));
    }
}
