package org.stampede.dispatch;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The transactions of one thread, without resources: a transaction is begun, perhaps suspended by another, and ends. Confined
 * to the thread of the test.
 */
final class TestTransactions implements TransactionSynchronizationRegistry {

    private static final class Transaction {
        final Map<Object, Object> resources = new HashMap<>();
        final List<Synchronization> synchronizations = new ArrayList<>();
        int status = Status.STATUS_ACTIVE;
    }

    /** The innermost is the thread's; those before it are suspended. */
    private final List<Transaction> transactions = new ArrayList<>();

    void begin() {
        transactions.add(new Transaction());
    }

    void commit() {
        for (int i = 0; i < current().synchronizations.size(); i++) {
            current().synchronizations.get(i).beforeCompletion();
        }
        end(current().status == Status.STATUS_ACTIVE ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
    }

    void rollback() {
        end(Status.STATUS_ROLLEDBACK);
    }

    /** Returns whether there was any. */
    boolean rollBackAll() {
        boolean any = !transactions.isEmpty();
        while (!transactions.isEmpty()) {
            rollback();
        }
        return any;
    }

    /** The reaper ends the transaction; the thread, which does not know, goes on in it. */
    void timeOut() {
        current().status = Status.STATUS_ROLLEDBACK;
        current().synchronizations.forEach(each -> each.afterCompletion(Status.STATUS_ROLLEDBACK));
    }

    private void end(int status) {
        current().status = status;
        current().synchronizations.forEach(each -> each.afterCompletion(status));
        transactions.remove(transactions.size() - 1);
    }

    private Transaction current() {
        if (transactions.isEmpty()) {
            throw new IllegalStateException("There is no transaction.");
        }
        return transactions.get(transactions.size() - 1);
    }

    @Override
    public Object getTransactionKey() {
        return transactions.isEmpty() ? null : current();
    }

    @Override
    public void putResource(Object key, Object value) {
        current().resources.put(key, value);
    }

    @Override
    public Object getResource(Object key) {
        return current().resources.get(key);
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        if (current().status != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("The transaction is not active.");
        }
        current().synchronizations.add(synchronization);
    }

    @Override
    public int getTransactionStatus() {
        return transactions.isEmpty() ? Status.STATUS_NO_TRANSACTION : current().status;
    }

    @Override
    public void setRollbackOnly() {
        current().status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public boolean getRollbackOnly() {
        return current().status == Status.STATUS_MARKED_ROLLBACK;
    }
}
