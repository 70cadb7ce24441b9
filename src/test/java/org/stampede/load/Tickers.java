package org.stampede.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many sessions with many subscriptions each: portfolios of stocks.
 *
 * @param paces deliveries a second, for the loads that leave the server air
 */
record Tickers(List<Integer> paces) implements Experiment {

    private static final int SESSIONS = 1_000;
    private static final int SUBSCRIPTIONS = 50;
    private static final int TICKERS = 200;
    private static final int COPIES = SESSIONS * SUBSCRIPTIONS / TICKERS;
    private static final int BODY = 64;
    private static final int PATIENCE = 60;

    @Override
    public boolean suits(Contender contender) {
        // Artemis has not made the subscriptions after five minutes.
        return contender.dialect().isStomp() && contender.dialect() != Dialect.ARTEMIS;
    }

    @Override
    public void measure(Contender contender, long nanos, Notes notes) throws IOException {
        var topics =
                IntStream.range(0, TICKERS).mapToObj(i -> "/topic/load/" + i).toList();
        var sockets = new ArrayList<ClientSocket>();
        for (int i = 0; i < SESSIONS; i++) {
            int first = i * SUBSCRIPTIONS;
            var portfolio = IntStream.range(first, first + SUBSCRIPTIONS)
                    .mapToObj(ticker -> topics.get(ticker % TICKERS))
                    .toList();
            sockets.add(new ClientSocket(contender.endpoint(), contender.subscriber(portfolio, "auto", 0)));
        }
        try (var crowd = new Crowd(sockets, BODY, Reaction.NONE);
                var publisher = new ClientSocket(contender.endpoint(), contender.publisher())) {
            awaitSubscriptions(contender, crowd, publisher, topics);
            load(contender, crowd, publisher, topics).grow(nanos);
            var flood = load(contender, crowd, publisher, topics);
            notes.note(Gauge.measured(contender, crowd, BODY, "tickers, flood", () -> flood.flood(nanos)));
            flood.settle();
            for (int pace : paces) {
                var paced = load(contender, crowd, publisher, topics);
                double perSecond = (double) pace / COPIES;
                notes.note(Gauge.measured(
                        contender, crowd, BODY, "tickers, " + pace, () -> paced.keepPace(perSecond, nanos)));
                paced.settle();
            }
        }
    }

    private static void awaitSubscriptions(
            Contender contender, Crowd crowd, ClientSocket publisher, List<String> topics) throws IOException {
        for (int i = 0; i < PATIENCE; i++) {
            if (load(contender, crowd, publisher, topics).reachesAll()) {
                return;
            }
        }
        throw new IOException(contender.name() + " does not reach all subscriptions.");
    }

    private static Load load(Contender contender, Crowd crowd, ClientSocket publisher, List<String> topics) {
        return new Load(contender, publisher, crowd, BODY, topics, COPIES);
    }
}
