package org.stampede.dispatch;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds what is sent in a transaction (Jakarta Transactions 2.0, section 5.4) until that has been committed. The messages of a
 * transaction are kept with it as a resource of its own, so suspended and nested ones do not meet. Thread-safe.
 */
public final class AfterCommit {

    /** The name of the setting, for what is told to those who send too much. */
    public static final String MESSAGES = "stampede.messenger.transaction-messages";

    /** Lets every message go at once. */
    public static final AfterCommit NEVER_HELD = new AfterCommit(Optional.empty(), 0);

    private final Optional<TransactionSynchronizationRegistry> registry;
    private final int most;

    private AfterCommit(Optional<TransactionSynchronizationRegistry> registry, int most) {
        this.registry = registry;
        this.most = most;
    }

    /**
     * @param registry knows the transactions of the server; empty where there are none
     * @param most     messages that a transaction may hold
     */
    public static AfterCommit of(Optional<TransactionSynchronizationRegistry> registry, int most) {
        return new AfterCommit(registry, most);
    }

    /** Lets a message go, at once or after the commit of the caller's transaction. */
    void depart(Departure departure) {
        if (registry.isEmpty()) {
            departure.go();
            return;
        }
        var transactions = registry.get();
        switch (transactions.getTransactionStatus()) {
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED -> departure.go();
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK ->
                departure.cancel();
            default -> held(transactions).add(departure);
        }
    }

    private Held held(TransactionSynchronizationRegistry transactions) {
        if (transactions.getResource(this) instanceof Held held) {
            return held;
        }
        var held = new Held(most);
        transactions.registerInterposedSynchronization(held);
        transactions.putResource(this, held);
        return held;
    }

    /** The messages of one transaction. Thread-safe, since a transaction may time out on another thread. */
    private static final class Held implements Synchronization {

        private final int most;
        private final ReentrantLock lock = new ReentrantLock();

        // Guarded by lock.
        private final List<Departure> departures = new ArrayList<>();
        private boolean over;

        Held(int most) {
            this.most = most;
        }

        void add(Departure departure) {
            if (!take(departure)) {
                departure.cancel();
            }
        }

        private boolean take(Departure departure) {
            lock.lock();
            try {
                if (departures.size() >= most) {
                    throw new IllegalStateException("A transaction holds at most " + most
                            + " messages until its commit (setting " + MESSAGES + ").");
                }
                return !over && departures.add(departure);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void beforeCompletion() {
            // Only the outcome matters.
        }

        @Override
        public void afterCompletion(int status) {
            for (Departure departure : takeAll()) {
                if (status == Status.STATUS_COMMITTED) {
                    departure.go();
                } else {
                    departure.cancel();
                }
            }
        }

        private List<Departure> takeAll() {
            lock.lock();
            try {
                over = true;
                var all = List.copyOf(departures);
                departures.clear();
                return all;
            } finally {
                lock.unlock();
            }
        }
    }
}
