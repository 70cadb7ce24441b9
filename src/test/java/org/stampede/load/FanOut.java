package org.stampede.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One publisher, many subscribers of one topic.
 *
 * @param crowds how many subscribers, one after another
 * @param pace   deliveries a second, of all subscribers together, for the load that leaves the server air
 * @param nanos  how long each is measured
 */
record FanOut(List<Integer> crowds, int pace, long nanos) implements Experiment {

    private static final List<Integer> BODIES = List.of(64, 1024);

    @Override
    public void measure(Contender contender, Results results) throws IOException {
        for (int subscribers : crowds) {
            for (int body : BODIES) {
                measure(contender, results, subscribers, body);
            }
        }
    }

    private void measure(Contender contender, Results results, int subscribers, int body) throws IOException {
        var sockets = new ArrayList<ClientSocket>();
        for (int i = 0; i < subscribers; i++) {
            sockets.add(new ClientSocket(contender.endpoint(), contender.subscriber()));
        }
        try (var crowd = new Crowd(sockets, body, Reaction.NONE);
                var publisher = new ClientSocket(contender.endpoint(), contender.publisher())) {
            var warmUp = new Load(contender, publisher, crowd, body);
            warmUp.warmUp(nanos);
            var flood = new Load(contender, publisher, crowd, body);
            results.note(Gauge.measured(contender, crowd, body, "flood", () -> flood.flood(nanos)));
            flood.settle();
            var paced = new Load(contender, publisher, crowd, body);
            double perSecond = (double) pace / subscribers;
            results.note(Gauge.measured(
                    contender, crowd, body, String.valueOf(pace), () -> paced.keepPace(perSecond, nanos)));
        }
    }
}
