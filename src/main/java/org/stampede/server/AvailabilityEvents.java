package org.stampede.server;

import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.stampede.broker.relay.RelayBroker;
import org.stampede.dispatch.RequestScope;
import org.stampede.messaging.BrokerAvailability;
import org.stampede.messaging.BrokerStatus;
import org.stampede.tcp.TcpAddress;
import org.stampede.transport.Inbox;
import org.stampede.transport.InboxLimits;

/**
 * Tells the application whether the broker can be reached, one event after the other, and not on the thread of the network; and
 * remembers it. Thread-safe.
 */
final class AvailabilityEvents implements RelayBroker.Watcher, BrokerStatus {

    private static final Logger LOG = System.getLogger(AvailabilityEvents.class.getName());

    private final Event<BrokerAvailability> events;
    private final RequestScope requests;
    private final Inbox inbox;
    /** Whether there is a broker that can be away. */
    private final boolean relayed;

    private volatile Optional<BrokerAvailability> last = Optional.empty();

    AvailabilityEvents(Event<Object> events, RequestScope requests, Executor executor, boolean relayed) {
        this.relayed = relayed;
        this.events = events.select(BrokerAvailability.class);
        this.requests = requests;
        this.inbox = new Inbox(executor, new InboxLimits(1, 1), AvailabilityEvents::failed);
    }

    private static void failed(RuntimeException failure) {
        LOG.log(Level.ERROR, "An observer of BrokerAvailability failed.", failure);
    }

    @Override
    public void available(TcpAddress address) {
        fire(new BrokerAvailability(true, address.toString(), Optional.empty()));
    }

    @Override
    public void unavailable(TcpAddress address, String cause) {
        fire(new BrokerAvailability(false, address.toString(), Optional.of(cause)));
    }

    @Override
    public boolean isAvailable() {
        return last.map(BrokerAvailability::isAvailable).orElse(!relayed);
    }

    @Override
    public Optional<BrokerAvailability> lastChange() {
        return last;
    }

    private void fire(BrokerAvailability fact) {
        last = Optional.of(fact);
        inbox.execute(() -> requests.call(() -> {
            events.fire(fact);
            return fact;
        }));
    }
}
