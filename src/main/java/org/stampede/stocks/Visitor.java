package org.stampede.stocks;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * What the page is told of who looks at it. Immutable.
 *
 * @param name     the name of the account, empty if nobody has signed in
 * @param mayTrade whether orders are taken
 */
@JsonbPropertyOrder({"name", "mayTrade"})
public record Visitor(String name, boolean mayTrade) {

    /** Nobody has signed in. */
    static final Visitor UNKNOWN = new Visitor("", false);

    /** Who has signed in to an account. */
    static Visitor of(Account account) {
        return new Visitor(account.name(), account.role().equals(Roles.TRADER));
    }
}
