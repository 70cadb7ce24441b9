/**
 * The composition root: reads the settings, puts broker, engine and sessions together when the application starts, and takes
 * them apart when it ends. Imports every package below it; knows nothing of WebSocket.
 */
@NullMarked
package org.stampede.server;

import org.jspecify.annotations.NullMarked;
