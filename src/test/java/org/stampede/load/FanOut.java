package org.stampede.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One publisher, many subscribers of one topic.
 *
 * @param subscribers how many
 * @param body        octets of the body of each message
 * @param paces       deliveries a second, of all subscribers together, for the loads that leave the server air
 */
record FanOut(int subscribers, int body, List<Integer> paces) implements Experiment {

    @Override
    public boolean suits(Contender contender) {
        return true;
    }

    @Override
    public void measure(Contender contender, long nanos, Notes notes) throws IOException {
        var sockets = new ArrayList<ClientSocket>();
        for (int i = 0; i < subscribers; i++) {
            sockets.add(new ClientSocket(contender.endpoint(), contender.subscriber()));
        }
        try (var crowd = new Crowd(sockets, body, Reaction.NONE);
                var publisher = new ClientSocket(contender.endpoint(), contender.publisher())) {
            new Load(contender, publisher, crowd, body).grow(nanos);
            var flood = new Load(contender, publisher, crowd, body);
            notes.note(Gauge.measured(contender, crowd, body, "flood", () -> flood.flood(nanos)));
            flood.settle();
            for (int pace : paces) {
                var paced = new Load(contender, publisher, crowd, body);
                double perSecond = (double) pace / subscribers;
                notes.note(Gauge.measured(
                        contender, crowd, body, String.valueOf(pace), () -> paced.keepPace(perSecond, nanos)));
                paced.settle();
            }
        }
    }
}
