package org.stampede.server;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Finds the transactions of the server. Stateless. */
final class ServerTransactions {

    private static final Logger LOG = System.getLogger(ServerTransactions.class.getName());
    /** Jakarta Transactions 2.0, section 5.4. */
    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";
    /** Section 3.2. */
    private static final String TRANSACTION = "java:comp/UserTransaction";

    private ServerTransactions() {}

    /**
     * Looks up at the start, since threads that the server does not manage may not use {@code java:comp}. What is found knows the
     * transaction of whichever thread asks.
     *
     * @return empty where there are no transactions
     */
    static Optional<TransactionSynchronizationRegistry> find() {
        return lookup(REGISTRY);
    }

    /**
     * Rolls back a transaction that somebody began and left to the thread, which would be that of its next task, and tells whether there
     * was one: a managed executor does so after each task. To be called on threads of the application.
     */
    static BooleanSupplier leftovers() {
        return new Leftovers();
    }

    /**
     * Looks for the server's transactions when it is first called: on Payara the start may be that of an EJB whose transactions are managed,
     * and such a one finds none of its own.
     */
    private static final class Leftovers implements BooleanSupplier {

        /** Null until looked for. */
        private volatile @Nullable Optional<UserTransaction> transaction;

        @Override
        public boolean getAsBoolean() {
            var found = transaction;
            if (found == null) {
                found = lookup(TRANSACTION);
                transaction = found;
            }
            return found.filter(Leftovers::rollBack).isPresent();
        }

        private static boolean rollBack(UserTransaction transaction) {
            try {
                if (transaction.getStatus() == Status.STATUS_NO_TRANSACTION) {
                    return false;
                }
                transaction.rollback();
            } catch (SystemException | RuntimeException e) {
                LOG.log(Level.ERROR, "A transaction that was left open cannot be rolled back.", e);
            }
            return true;
        }
    }

    @SuppressWarnings({"BanJNDI", "TypeParameterUnusedInFormals"}) // The names are ours, not a user's.
    private static <T> Optional<T> lookup(String name) {
        try {
            return Optional.of(InitialContext.doLookup(name));
        } catch (NamingException e) {
            return Optional.empty();
        }
    }
}
