package org.stampede.stocks;

/** What somebody at the exchange may be. */
final class Roles {

    /** May trade. */
    static final String TRADER = "trader";

    /** May watch, as everybody may. */
    static final String GUEST = "guest";

    private Roles() {}
}
