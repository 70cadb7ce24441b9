package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The book of trades for tests without a database. Thread-safe. */
@ApplicationScoped
class BookInMemory implements TradeBook {

    private final List<Trade> trades = new ArrayList<>();

    @Override
    public synchronized Entry enter(TradeOrder order, Quote quote, String trader) {
        Trade trade = Trade.of(trades.size() + 1, order, quote, trader);
        trades.add(trade);
        return new Entry(
                trade,
                positions(trader).stream()
                        .filter(position -> position.ticker().equals(trade.ticker()))
                        .findFirst()
                        .orElseThrow());
    }

    @Override
    public synchronized List<Trade> latest() {
        return List.copyOf(trades);
    }

    @Override
    public synchronized List<Position> positions(String trader) {
        var holdings = new TreeMap<String, Holding>();
        trades.stream()
                .filter(trade -> trade.trader().equals(trader))
                .forEach(trade -> holdings.computeIfAbsent(trade.ticker(), ticker -> new Holding(trader, ticker))
                        .add(trade));
        return holdings.values().stream().map(Holding::position).toList();
    }
}
