/**
 * The engine behind {@code org.stampede.messaging}: finds the observer methods that are handlers at deployment, fires the CDI
 * events that reach them, and speaks for the application through the broker. Imports every package below it, and CDI,
 * JSON Binding and Validation; knows nothing of WebSocket.
 */
@NullMarked
package org.stampede.dispatch;

import org.jspecify.annotations.NullMarked;
