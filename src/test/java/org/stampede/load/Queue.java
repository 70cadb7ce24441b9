package org.stampede.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One publisher and a queue, whose messages go to one of a few subscribers each, who acknowledge them as the mode has it.
 *
 * @param nanos how long each is measured
 */
record Queue(long nanos) implements Experiment {

    private static final List<String> MODES = List.of("auto", "client", "client-individual");
    private static final int SUBSCRIBERS = 10;
    private static final int BODY = 64;

    @Override
    public void measure(Contender contender, Results results) throws IOException {
        if (contender.dialect().hasQueues()) {
            for (String mode : MODES) {
                measure(contender, results, mode);
            }
        }
    }

    private void measure(Contender contender, Results results, String mode) throws IOException {
        // Not the same for all modes: brokers may still have to notice that the subscribers of the last one are gone.
        var queue = List.of("/queue/load-" + mode);
        var sockets = new ArrayList<ClientSocket>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            sockets.add(new ClientSocket(contender.endpoint(), contender.subscriber(queue, mode, 0)));
        }
        var reaction = mode.equals("auto") ? Reaction.NONE : Reaction.acknowledging();
        try (var crowd = new Crowd(sockets, BODY, reaction);
                var publisher = new ClientSocket(contender.endpoint(), contender.publisher())) {
            new Load(contender, publisher, crowd, BODY, queue, 1).warmUp(nanos);
            var flood = new Load(contender, publisher, crowd, BODY, queue, 1);
            results.note(Gauge.measured(contender, crowd, BODY, "queue, " + mode, () -> flood.flood(nanos)));
            flood.settle();
        }
    }
}
