package org.stampede.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One publisher and a queue, whose messages go to one of a few subscribers each, who acknowledge them as the mode has it.
 *
 * @param mode the ack mode
 */
record Queue(String mode) implements Experiment {

    static final List<String> MODES = List.of("auto", "client", "client-individual");

    private static final int SUBSCRIBERS = 10;
    private static final int BODY = 64;
    /** No queue is used twice: brokers may still have to notice that the subscribers of the last one are gone. */
    private static final AtomicInteger QUEUES = new AtomicInteger();

    @Override
    public boolean suits(Contender contender) {
        return contender.dialect().hasQueues();
    }

    @Override
    public void measure(Contender contender, long nanos, Notes notes) throws IOException {
        var queue = List.of("/queue/load-" + QUEUES.incrementAndGet());
        var sockets = new ArrayList<ClientSocket>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            sockets.add(new ClientSocket(contender.endpoint(), contender.subscriber(queue, mode, 0)));
        }
        var reaction = mode.equals("auto") ? Reaction.NONE : Reaction.acknowledging();
        try (var crowd = new Crowd(sockets, BODY, reaction);
                var publisher = new ClientSocket(contender.endpoint(), contender.publisher())) {
            new Load(contender, publisher, crowd, BODY, queue, 1).grow(nanos);
            var flood = new Load(contender, publisher, crowd, BODY, queue, 1);
            notes.note(Gauge.measured(contender, crowd, BODY, "queue, " + mode, () -> flood.flood(nanos)));
            flood.settle();
        }
    }
}
