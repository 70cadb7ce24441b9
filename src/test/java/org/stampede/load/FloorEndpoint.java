package org.stampede.load;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The floor: what the server itself costs. Sends each message as it is to all who have joined, one write under way for each, with
 * no STOMP behind it. Thread-safe.
 */
@ServerEndpoint("/floor")
public class FloorEndpoint {

    private static final Map<String, Lane> JOINED = new ConcurrentHashMap<>();

    /** What one session waits for. Thread-safe. */
    private static final class Lane {

        private final Session session;
        private final ArrayDeque<String> waiting = new ArrayDeque<>();
        private boolean writing;

        Lane(Session session) {
            this.session = session;
        }

        void send(String message) {
            synchronized (this) {
                if (writing) {
                    waiting.add(message);
                    return;
                }
                writing = true;
            }
            write(message);
        }

        private void write(String message) {
            session.getAsyncRemote().sendText(message, result -> {
                String next = next();
                if (next != null && result.isOK()) {
                    write(next);
                }
            });
        }

        private synchronized @Nullable String next() {
            String next = waiting.poll();
            writing = next != null;
            return next;
        }
    }

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0);
    }

    /** {@code join} and heart-beats are answered; anything else goes to all who have joined. */
    @OnMessage
    public void message(String message, Session session) {
        if (message.equals("\n")) {
            JOINED.get(session.getId()).send(message);
        } else if (message.equals("join")) {
            var lane = new Lane(session);
            JOINED.put(session.getId(), lane);
            lane.send("joined");
        } else {
            JOINED.values().forEach(lane -> lane.send(message));
        }
    }

    @OnClose
    public void close(Session session) {
        JOINED.remove(session.getId());
    }
}
