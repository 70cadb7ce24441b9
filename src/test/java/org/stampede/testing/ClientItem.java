package org.stampede.testing;

/** The items of the checklist that bind clients only, so that no test of a server can cover them. */
enum ClientItem {
    CONNECT_HEADERS(
            26, "Clients must send accept-version and host; a server that insisted on host would refuse stompjs."),
    NACK_OF_THE_UNPROCESSED(
            57, "What a client does with a message that it did not process is known to the client alone.");

    private final int number;
    private final String reason;

    ClientItem(int number, String reason) {
        this.number = number;
        this.reason = reason;
    }

    int number() {
        return number;
    }

    @Override
    public String toString() {
        return number + ": " + reason;
    }
}
