package org.stampede.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask a handler, and ask again as soon as they have the answer.
 *
 * @param crowds how many clients, one after another
 * @param nanos  how long each is measured
 */
record Exchange(List<Integer> crowds, long nanos) implements Experiment {

    private static final int BODY = 64;
    private static final int WARM_UP_TIMES = 4;

    @Override
    public void measure(Contender contender, Results results) throws IOException {
        if (contender.dialect().echo().isPresent()) {
            for (int clients : crowds) {
                measure(contender, results, clients, contender.dialect().echo().get());
            }
        }
    }

    private void measure(Contender contender, Results results, int clients, String handler) throws IOException {
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
            LockSupport.parkNanos(WARM_UP_TIMES * nanos);
            results.note(
                    Gauge.measured(contender, crowd, BODY, "request and reply", () -> LockSupport.parkNanos(nanos)));
        }
    }

    private static void ask(Contender contender, ClientSocket socket, String handler) throws IOException {
        socket.send(contender.publication(handler, Body.of(System.nanoTime(), BODY)));
    }
}
