package org.stampede.stocks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * Counts, as stored. Whoever counts locks its row until the end of the transaction, so that numbers have no gaps and are
 * committed in their order. Not thread-safe.
 */
@Entity
@Table(name = "stocks_counter")
public class Counter {

    /** The counter of all trades. */
    static final String TRADES = "trades";

    @Id
    @Column(name = "counted")
    private String counted = "";

    @Column(name = "latest")
    private long latest;

    /** For Jakarta Persistence. */
    protected Counter() {}

    Counter(String counted) {
        this.counted = counted;
    }

    /** The next number, from 1 on. */
    long next() {
        return ++latest;
    }

    @Override
    public String toString() {
        return latest + " " + counted;
    }
}
