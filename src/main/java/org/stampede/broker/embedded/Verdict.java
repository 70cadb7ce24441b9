package org.stampede.broker.embedded;

/** What becomes of a message of a queue that a client was given. Immutable. */
enum Verdict {
    /** ACK: it is done with. */
    CONSUMED,
    /** NACK: it is given to a consumer again, to another one if there is any. */
    REQUEUED,
    /** NACK with {@code requeue:false}: it is a dead letter. */
    REJECTED
}
