package org.stampede.client;

import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.stampede.stomp.Frame;

/** Opens the connections of one session. Thread-safe. */
final class Opener {

    private final ClientSettings settings;
    private final Connector connector;
    private final Callbacks callbacks;
    private final ReadingGate gate;
    private final LongSupplier nanoTime;

    Opener(ClientSettings settings, Connector connector, Callbacks callbacks, ReadingGate gate, LongSupplier nanoTime) {
        this.settings = settings;
        this.connector = connector;
        this.callbacks = callbacks;
        this.gate = gate;
        this.nanoTime = nanoTime;
    }

    /**
     * Opens a connection and says CONNECT on it. What the application supplies for it may take its time, so all begins where
     * callbacks run.
     *
     * @param owner    of the connection
     * @param isWanted asked once it is open; if it is not, it is closed
     * @param onFailure called if it cannot be opened
     */
    void open(
            ClientConnection.Owner owner,
            Predicate<ClientConnection> isWanted,
            Consumer<ConnectionLostException> onFailure) {
        callbacks.execute(() -> {
            try {
                Frame connect = ClientFrames.connect(settings);
                connector
                        .open(settings.handshakeHeaders().get(), wire -> opened(wire, owner, isWanted, connect))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                onFailure.accept(failure(failure));
                            }
                        });
            } catch (RuntimeException e) {
                // The application's code, or an address or header that the JDK does not take.
                onFailure.accept(failure(e));
            }
        });
    }

    private WireListener opened(
            ClientWire wire, ClientConnection.Owner owner, Predicate<ClientConnection> isWanted, Frame connect) {
        var opened = new ClientConnection(settings, wire, gate, owner, nanoTime);
        if (isWanted.test(opened)) {
            opened.start(connect);
        } else {
            opened.end(new NotConnectedException(SessionState.CLOSED));
        }
        return opened;
    }

    private ConnectionLostException failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return new ConnectionLostException("No connection to " + settings.uri() + " could be opened.", cause);
    }
}
