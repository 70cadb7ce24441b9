package org.stampede.server;

import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds the transactions of the server. Stateless. */
final class ServerTransactions {

    /** Jakarta Transactions 2.0, section 5.4. */
    private static final String NAME = "java:comp/TransactionSynchronizationRegistry";

    private ServerTransactions() {}

    /**
     * Looks up at the start, since threads that the server does not manage may not use {@code java:comp}. What is found knows the
     * transaction of whichever thread asks.
     *
     * @return empty where there are no transactions
     */
    @SuppressWarnings("BanJNDI") // The name is ours, not a user's.
    static Optional<TransactionSynchronizationRegistry> find() {
        try {
            return Optional.of(InitialContext.<TransactionSynchronizationRegistry>doLookup(NAME));
        } catch (NamingException e) {
            return Optional.empty();
        }
    }
}
