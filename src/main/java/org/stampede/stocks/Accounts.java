package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;

/** Who can sign in: an identity store of Jakarta Security on the database. Thread-safe. */
@ApplicationScoped
public class Accounts implements IdentityStore {

    @Inject
    StoredAccounts accounts;

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
        Optional<Account> account = accounts.find(credential.getCaller());
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
}
