package org.stampede.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask a handler, and ask again as soon as they have the answer.
 *
 * @param clients how many
 */
record Exchange(int clients) implements Experiment {

    private static final int BODY = 64;

    @Override
    public boolean suits(Contender contender) {
        return contender.dialect().echo().isPresent();
    }

    @Override
    public void measure(Contender contender, long nanos, Notes notes) throws IOException {
        String handler = contender.dialect().echo().orElseThrow();
        var sockets = new ArrayList<ClientSocket>();
        for (int i = 0; i < clients; i++) {
            var greetings = contender.subscriber(List.of("/user/queue/echo"), "auto", 0);
            sockets.add(new ClientSocket(contender.endpoint(), greetings));
        }
        for (ClientSocket socket : sockets) {
            ask(contender, socket, handler);
        }
        Reaction again = (socket, octets, from, to) -> ask(contender, socket, handler);
        try (var crowd = new Crowd(sockets, BODY, again)) {
            LockSupport.parkNanos(nanos / 4);
            notes.note(Gauge.measured(contender, crowd, BODY, "request and reply", () -> LockSupport.parkNanos(nanos)));
        }
    }

    private static void ask(Contender contender, ClientSocket socket, String handler) throws IOException {
        socket.send(contender.publication(handler, Body.of(System.nanoTime(), BODY)));
    }
}
