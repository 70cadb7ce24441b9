package load;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** STOMP over WebSocket with ActiveMQ Artemis in memory; {@code /queue/**} are queues, {@code /topic/**} topics. */
public final class ArtemisBroker {

    private ArtemisBroker() {}

    public static void main(String[] arguments) throws Exception {
        var configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false);
        configuration.setSecurityEnabled(false);
        configuration.addAcceptorConfiguration(
                "stomp",
                "tcp://localhost:" + arguments[0] + "?protocols=STOMP;anycastPrefix=/queue/;multicastPrefix=/topic/");
        var server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration);
        server.start();
        System.out.println("Started ArtemisBroker");
    }
}
