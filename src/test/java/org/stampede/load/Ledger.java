package org.stampede.load;

import java.util.BitSet;

/** Which messages were sent, which of them were confirmed by a RECEIPT, and which have arrived, by number. Thread-safe. */
public final class Ledger {

    private final BitSet confirmed = new BitSet();
    private final BitSet arrived = new BitSet();
    private int sent;
    private long twice;
    private long invented;

    /**
     * How it stands.
     *
     * @param sent      how many
     * @param confirmed how many of them have had their RECEIPT
     * @param arrived   how many have arrived somewhere
     * @param lost      how many have had their RECEIPT, and have not arrived
     * @param twice     how many have arrived, or had their RECEIPT, more than once
     * @param invented  how many have arrived, or had their RECEIPT, that were never sent
     */
    public record Account(long sent, long confirmed, long arrived, long lost, long twice, long invented) {}

    /** The number of a message that is about to be sent. */
    synchronized int next() {
        return sent++;
    }

    synchronized void confirm(int number) {
        note(number, confirmed);
    }

    synchronized void arrive(int number) {
        note(number, arrived);
    }

    private void note(int number, BitSet book) {
        if (number < 0 || number >= sent) {
            invented++;
        } else if (book.get(number)) {
            twice++;
        } else {
            book.set(number);
        }
    }

    synchronized Account account() {
        var lost = (BitSet) confirmed.clone();
        lost.andNot(arrived);
        return new Account(sent, confirmed.cardinality(), arrived.cardinality(), lost.cardinality(), twice, invented);
    }
}
