package org.stampede.broker.relay;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQTopic;
import org.stampede.tcp.TcpAddress;
import org.stampede.testing.Ports;

/** ActiveMQ Classic in this process. */
final class ClassicBroker implements RealBroker {

    private final Path directory;
    private final int port = Ports.free();
    private BrokerService broker = new BrokerService();

    ClassicBroker(Path directory) {
        this.directory = directory;
    }

    @Override
    public BrokerProfile profile() {
        return BrokerProfile.CLASSIC;
    }

    @Override
    public TcpAddress address() {
        return new TcpAddress("127.0.0.1", port);
    }

    @Override
    public void start() throws Exception {
        broker = new BrokerService();
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.setDataDirectory(directory.toString());
        broker.addConnector("stomp://127.0.0.1:" + port);
        broker.start();
        broker.waitUntilStarted();
    }

    @Override
    public void kill() throws Exception {
        close();
    }

    @Override
    public int subscriptions(String topic) throws Exception {
        var destination = new ActiveMQTopic(topic.substring("/topic/".length()));
        var region = ((RegionBroker) broker.getRegionBroker()).getTopicRegion();
        var found = region.getDestinationMap().get(destination);
        return found == null ? 0 : found.getConsumers().size();
    }

    @Override
    public List<String> queues() throws Exception {
        return Stream.of(broker.getRegionBroker().getDestinations())
                .filter(ActiveMQDestination::isQueue)
                .map(ActiveMQDestination::getPhysicalName)
                .sorted()
                .toList();
    }

    @Override
    public void close() throws Exception {
        broker.stop();
        broker.waitUntilStopped();
    }
}
