package org.stampede.broker.relay;

/** Which broker is behind the relay. Immutable. */
public enum BrokerProfile {
    /** RabbitMQ with its STOMP plug-in. */
    RABBITMQ(new RabbitMq()),
    /** Apache ActiveMQ Artemis. */
    ARTEMIS(new Artemis()),
    /** Apache ActiveMQ Classic. */
    CLASSIC(new Classic());

    private final Dialect dialect;

    BrokerProfile(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }
}
