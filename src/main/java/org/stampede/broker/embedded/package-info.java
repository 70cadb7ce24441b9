/**
 * The broker in memory: topics give each message to every subscription that asks for it, queues give each message to one.
 * Nothing outlives the process, nothing leaves it but through an Outbox, and no thread is started here. Imports
 * {@code broker}, {@code destination}, {@code transport}, {@code security} and {@code stomp}.
 */
@NullMarked
package org.stampede.broker.embedded;

import org.jspecify.annotations.NullMarked;
