package org.stampede.server;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.stampede.broker.Broker;
import org.stampede.broker.embedded.EmbeddedBroker;
import org.stampede.broker.embedded.SlowSubscriptions;
import org.stampede.broker.relay.RelayBroker;
import org.stampede.tcp.TcpClient;
import org.stampede.tcp.Tls;

/** Makes the broker that the settings ask for. Stateless. */
final class Brokers {

    private Brokers() {}

    /**
     * A broker, which begins its work with its first tick.
     *
     * @throws IllegalArgumentException if a file that TLS needs is of no use
     */
    static Broker of(
            ServerSettings settings, ServerExecutors executors, SlowSubscriptions slow, AvailabilityEvents events) {
        return settings.relay().isOn()
                ? Relayed.of(settings, executors, slow, events)
                : new EmbeddedBroker(settings.broker(), InstantSource.system(), slow);
    }

    /** Apart, so that what TCP needs is loaded only where there is need of it. */
    private static final class Relayed {

        static Broker of(
                ServerSettings settings, ServerExecutors executors, SlowSubscriptions slow, AvailabilityEvents events) {
            RelayOptions options = settings.relay();
            var tcp = new TcpClient(
                    executors.threads(),
                    options.threads(),
                    executors.executor(),
                    options.tls().map(files -> Tls.of(files.trusted(), files.own())),
                    options.relay().connectTime(),
                    options.frames());
            return new RelayBroker(
                    options.relay(),
                    settings.broker(),
                    slow,
                    tcp,
                    events,
                    InstantSource.system(),
                    System::nanoTime,
                    () -> ThreadLocalRandom.current().nextDouble());
        }
    }
}
