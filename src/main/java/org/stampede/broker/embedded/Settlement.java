package org.stampede.broker.embedded;

/**
 * An ACK or NACK, its delivery found. Immutable.
 *
 * @param subscription whose delivery it is
 * @param delivery     the number of the delivery
 * @param verdict      what becomes of the message
 * @param id           by which the client named it
 */
record Settlement(Subscription subscription, long delivery, Verdict verdict, String id) {}
