package org.stampede.stocks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Somebody who can sign in, as stored. Not thread-safe. */
@Entity
@Table(name = "stocks_account")
public class Account {

    @Id
    @Column(name = "caller")
    private String name = "";

    @Column(name = "passcode_hash")
    private String passcodeHash = "";

    @Column(name = "caller_role")
    private String role = "";

    /** For Jakarta Persistence. */
    protected Account() {}

    Account(String name, String passcodeHash, String role) {
        this.name = name;
        this.passcodeHash = passcodeHash;
        this.role = role;
    }

    String name() {
        return name;
    }

    /** The salted hash of the passcode, with all that is needed to verify one. */
    String passcodeHash() {
        return passcodeHash;
    }

    /** One of {@link Roles}. */
    String role() {
        return role;
    }
}
