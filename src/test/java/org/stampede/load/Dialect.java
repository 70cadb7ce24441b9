package org.stampede.load;

import java.util.Optional;

/** What one has to say to whom, where contenders differ. */
enum Dialect {
    /** No STOMP: see {@link FloorEndpoint}. */
    BARE(null, false),
    STAMPEDE("/queue/echo", true),
    /** Its simple broker has no queues and no acknowledgements. */
    SPRING("/app/echo", false),
    VERTX(null, true),
    ARTEMIS(null, true);

    private final Optional<String> echo;
    private final boolean queues;

    Dialect(String echo, boolean queues) {
        this.echo = Optional.ofNullable(echo);
        this.queues = queues;
    }

    /** Where a handler takes what it answers at {@code /user/queue/echo}. */
    Optional<String> echo() {
        return echo;
    }

    /** Whether a message to a queue goes to one subscriber, who acknowledges it. */
    boolean hasQueues() {
        return queues;
    }

    boolean isStomp() {
        return this != BARE;
    }
}
