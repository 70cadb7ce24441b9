package org.stampede.broker.relay;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/** Behind RabbitMQ, where that is installed. */
@EnabledIf(
        value = "org.stampede.broker.relay.RabbitMqBroker#isInstalled",
        disabledReason = "RabbitMQ is not installed: apt-get install rabbitmq-server")
class RabbitMqRelayIT extends RelayContract {

    @Override
    RealBroker broker(Path directory) {
        return new RabbitMqBroker(directory);
    }

    @Override
    boolean nackRedelivers() {
        return true;
    }

    @Override
    boolean countsPrefetch() {
        return true;
    }
}
