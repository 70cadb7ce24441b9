package org.stampede.broker.relay;

import java.util.List;
import org.stampede.tcp.TcpAddress;

/** A broker that is none of ours, on a port of its own. What is persistent survives its end. */
interface RealBroker extends AutoCloseable {

    BrokerProfile profile();

    TcpAddress address();

    /** Starts it, or starts it again. */
    void start() throws Exception;

    /** Ends it as a power cut would, as far as that can be done here. */
    void kill() throws Exception;

    /** How many subscriptions to a topic it has. */
    int subscriptions(String topic) throws Exception;

    /** The names of its queues, those behind subscriptions included; not those that a broker has for itself. */
    List<String> queues() throws Exception;

    @Override
    void close() throws Exception;
}
