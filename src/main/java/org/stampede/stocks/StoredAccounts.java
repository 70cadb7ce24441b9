package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** The accounts in the database. Apart from who judges passcodes: that takes longer than a transaction should. Thread-safe. */
@ApplicationScoped
@Transactional
public class StoredAccounts {

    @PersistenceContext(unitName = "stocks")
    EntityManager entities;

    /** The account of a name, empty if there is none. */
    Optional<Account> find(String name) {
        return Optional.ofNullable(entities.find(Account.class, name));
    }
}
