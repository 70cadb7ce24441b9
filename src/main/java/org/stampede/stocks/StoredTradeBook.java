package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The book of trades in the database. Trades are entered one after the other, whoever makes them, by the lock of their
 * {@link Counter}: so positions are right, and numbers have no gaps. Reads in transactions, too: without one, threads share an entity
 * manager on Payara, and close it to each other. Thread-safe.
 */
@ApplicationScoped
@Transactional
public class StoredTradeBook implements TradeBook {

    @PersistenceContext(unitName = "stocks")
    EntityManager entities;

    @Override
    public Entry enter(TradeOrder order, Quote quote, String trader) {
        Trade trade = Trade.of(nextNumber(), order, quote, trader);
        entities.persist(new BookedTrade(trade));
        Holding holding = holding(trader, trade.ticker());
        holding.add(trade);
        return new Entry(trade, holding.position());
    }

    private long nextNumber() {
        return entities.find(Counter.class, Counter.TRADES, LockModeType.PESSIMISTIC_WRITE)
                .next();
    }

    private Holding holding(String trader, String ticker) {
        return Optional.ofNullable(entities.find(Holding.class, new Holding.Key(trader, ticker)))
                .orElseGet(() -> {
                    var created = new Holding(trader, ticker);
                    entities.persist(created);
                    return created;
                });
    }

    @Override
    public List<Trade> latest() {
        return entities
                .createQuery("SELECT t FROM BookedTrade t ORDER BY t.id DESC", BookedTrade.class)
                .setMaxResults(LATEST)
                .getResultList()
                .stream()
                .map(BookedTrade::trade)
                .sorted(Comparator.comparingLong(Trade::id))
                .toList();
    }

    @Override
    public List<Position> positions(String trader) {
        return entities
                .createQuery("SELECT h FROM Holding h WHERE h.trader = :trader ORDER BY h.ticker", Holding.class)
                .setParameter("trader", trader)
                .getResultList()
                .stream()
                .map(Holding::position)
                .toList();
    }
}
