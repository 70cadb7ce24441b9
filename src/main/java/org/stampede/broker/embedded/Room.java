package org.stampede.broker.embedded;

import org.stampede.broker.RefusedException;
import org.stampede.stomp.Quoted;

/** What room a queue has left, while it is checked whether messages would fit. Confined to one thread. */
final class Room {

    private final String name;
    private final EmbeddedBrokerLimits limits;
    private int messages;
    private long octets;

    Room(String name, EmbeddedBrokerLimits limits, Load load) {
        this.name = name;
        this.limits = limits;
        this.messages = load.messages();
        this.octets = load.octets();
    }

    /**
     * Counts another message.
     *
     * @throws RefusedException if it does not fit
     */
    void take(int weight) {
        messages++;
        octets += weight;
        if (messages > limits.queueMessages()) {
            throw full(what(), limits.queueMessages() + " messages", EmbeddedBrokerLimits.QUEUE_MESSAGES);
        }
        if (octets > limits.queueOctets()) {
            throw full(what(), limits.queueOctets() + " octets", EmbeddedBrokerLimits.QUEUE_OCTETS);
        }
    }

    private String what() {
        return "The queue " + Quoted.of(name) + " is";
    }

    /** @param what for example "The queue x is" */
    static RefusedException full(String what, String most, String setting) {
        return RefusedException.forWantOfRoom(
                "Queue full", what + " full: no more than " + most + " are kept (setting " + setting + ").");
    }
}
