package org.stampede.stocks;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Fills an empty database at the first start: the two accounts that the page names, and a book without trades. An enterprise bean
 * since its start is a transaction. Thread-safe: called once.
 */
@Singleton
@Startup
public class FirstDay {

    /** The passcode of the account {@code trader}; the page tells everybody. */
    static final String TRADERS_PASSCODE = "bulls-and-bears";

    /** The passcode of the account {@code guest}; the page tells everybody. */
    static final String GUESTS_PASSCODE = "just-looking";

    @PersistenceContext(unitName = "stocks")
    EntityManager entities;

    @Inject
    Passcodes passcodes;

    @PostConstruct
    void open() {
        openAccount("trader", TRADERS_PASSCODE, Roles.TRADER);
        openAccount("guest", GUESTS_PASSCODE, Roles.GUEST);
        if (entities.find(Counter.class, Counter.TRADES) == null) {
            entities.persist(new Counter(Counter.TRADES));
        }
    }

    private void openAccount(String name, String passcode, String role) {
        if (entities.find(Account.class, name) == null) {
            entities.persist(new Account(name, passcodes.hash(passcode.toCharArray()), role));
        }
    }
}
