/**
 * What application code imports: the {@link org.stampede.messaging.Destination} qualifier for handlers, the
 * {@link org.stampede.messaging.Message} a handler sees, the {@link org.stampede.messaging.Messenger} it speaks through,
 * and the events of sessions and subscriptions.
 *
 * <p>Here live only annotations, interfaces and immutable values; the engine behind them is {@code org.stampede.dispatch}.
 * This package imports no other package of Stampede.
 */
@NullMarked
package org.stampede.messaging;

import org.jspecify.annotations.NullMarked;
