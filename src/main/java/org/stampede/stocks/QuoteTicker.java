package org.stampede.stocks;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.stampede.messaging.BrokerAwayException;
import org.stampede.messaging.Messenger;

/**
 * Moves the market five times a second and broadcasts each quote that moved to {@code /topic/price.stock.TICKER}. Its timers
 * start and end with the application. Thread-safe: the container lets one thread in at a time.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class QuoteTicker {

    private static final Logger LOG = System.getLogger(QuoteTicker.class.getName());

    private static final long PERIOD_MILLIS = 200;

    /** Payara takes no shorter interval for a timer (its minimum delivery interval), hence several timers take turns. */
    private static final long SHORTEST_INTERVAL_MILLIS = 1000;

    @Resource
    TimerService timers;

    @Inject
    Market market;

    @Inject
    Messenger messenger;

    @PostConstruct
    void start() {
        for (long turn = 0; turn < SHORTEST_INTERVAL_MILLIS; turn += PERIOD_MILLIS) {
            // The shortest interval holds for the first delay, too.
            timers.createIntervalTimer(
                    SHORTEST_INTERVAL_MILLIS + turn, SHORTEST_INTERVAL_MILLIS, new TimerConfig(null, false));
        }
    }

    @Timeout
    void tick() {
        try {
            market.advance().forEach(quote -> messenger.send(quote.topic(), quote));
        } catch (BrokerAwayException e) {
            // Nobody is listening then, and a container gives up timers that fail. A quote of now is of no use later.
            LOG.log(Level.DEBUG, "Quotes were not sent.", e);
        }
    }
}
