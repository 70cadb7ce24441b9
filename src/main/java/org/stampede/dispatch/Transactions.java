package org.stampede.dispatch;

import java.util.function.BooleanSupplier;

/**
 * The transactions of the server, as far as handlers and what they send are concerned. Thread-safe.
 *
 * @param commits   holds what is sent in them
 * @param leftovers rolls back what is open on the calling thread, and tells whether there was anything
 */
public record Transactions(AfterCommit commits, BooleanSupplier leftovers) {

    /** Where there are none. */
    public static final Transactions NONE = new Transactions(AfterCommit.NEVER_HELD, () -> false);
}
