package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;

/** Who can sign in: an identity store of Jakarta Security on the database. Thread-safe. */
@ApplicationScoped
@Transactional
public class Accounts implements IdentityStore {

    @PersistenceContext(unitName = "stocks")
    EntityManager entities;

    @Inject
    Passcodes passcodes;

    /**
     * Judges a name and a passcode; called by the server. An unknown name takes as long as a wrong passcode, so that the time
     * does not tell which names there are.
     *
     * @param credential the name and the passcode
     * @return who it is, and the one role as a group
     */
    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        Optional<Account> account = find(credential.getCaller());
        char[] passcode = credential.getPassword().getValue();
        return account.isPresent() && passcodes.verify(passcode, account.get().passcodeHash())
                ? new CredentialValidationResult(
                        account.get().name(), Set.of(account.get().role()))
                : refused(account, passcode);
    }

    private CredentialValidationResult refused(Optional<Account> account, char[] passcode) {
        if (account.isEmpty()) {
            passcodes.hash(passcode);
        }
        return CredentialValidationResult.INVALID_RESULT;
    }

    /** The account of a name, empty if there is none. */
    Optional<Account> find(String name) {
        return Optional.ofNullable(entities.find(Account.class, name));
    }
}
