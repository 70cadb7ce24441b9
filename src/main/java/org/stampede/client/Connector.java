package org.stampede.client;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Makes connections to one server. Thread-safe. */
interface Connector {

    /**
     * Opens a connection without blocking.
     *
     * @param handshakeHeaders for the HTTP request, if there is one
     * @param onOpen           given the open connection; returns who listens to it
     * @return completed when the connection is open, or exceptionally if it cannot be opened
     */
    CompletionStage<?> open(Map<String, String> handshakeHeaders, Function<ClientWire, WireListener> onOpen);
}
