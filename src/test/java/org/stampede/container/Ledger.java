package org.stampede.container;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;

/** A bean that speaks in transactions: of each, one message is held and one is not. Thread-safe. */
@ApplicationScoped
@Transactional
public class Ledger {

    static final String TOPIC = "/topic/ledger";

    @Inject
    Messenger messenger;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    public void commit() {
        messenger.send(TOPIC, "held 1");
        messenger.send(TOPIC, "held 2");
        messenger.immediately().send(TOPIC, "at once");
    }

    public void fail() {
        commit();
        throw new IllegalStateException("rolls back");
    }

    public void rollbackOnly() {
        messenger.send(TOPIC, "before");
        transactions.setRollbackOnly();
        messenger.send(TOPIC, "after");
        messenger.immediately().send(TOPIC, "at once");
    }

    void booked(@Observes @Destination("/app/ledger") String text, Message message) {
        message.reply("/queue/ledger", "booked " + text);
        messenger.immediately().send(TOPIC, "at once");
        if (text.equals("bad")) {
            throw new IllegalStateException("rolls back");
        }
    }
}
