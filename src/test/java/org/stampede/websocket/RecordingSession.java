package org.stampede.websocket;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.util.ArrayList;
import java.util.List;
import org.stampede.testing.Fakes;

/** A WebSocket session that takes writes, and completes none by itself. Confined to the thread of a test. */
final class RecordingSession {

    private final List<SendHandler> writes = new ArrayList<>();
    private final List<Integer> closes = new ArrayList<>();
    private int pings;
    private boolean open = true;
    private final Session session = newSession();

    Session session() {
        return session;
    }

    /** Who waits for the end of each write. */
    List<SendHandler> writes() {
        return writes;
    }

    /** The code of each close. */
    List<Integer> closes() {
        return closes;
    }

    int pings() {
        return pings;
    }

    /** The container closes it, and tells nobody. */
    void vanish() {
        open = false;
    }

    private Session newSession() {
        var remote = Fakes.of(RemoteEndpoint.Async.class, (method, arguments) -> {
            switch (method) {
                case "sendText", "sendBinary" -> writes.add((SendHandler) arguments[1]);
                case "sendPing" -> pings++;
                default -> throw new AssertionError(method);
            }
            return null;
        });
        return Fakes.of(Session.class, (method, arguments) -> switch (method) {
            case "getAsyncRemote" -> remote;
            case "isOpen" -> open;
            case "close" ->
                closes.add(((jakarta.websocket.CloseReason) arguments[0])
                        .getCloseCode()
                        .getCode());
            default -> throw new AssertionError(method);
        });
    }
}
