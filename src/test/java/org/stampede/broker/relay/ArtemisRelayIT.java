package org.stampede.broker.relay;

import java.nio.file.Path;

/** Behind ActiveMQ Artemis. */
class ArtemisRelayIT extends RelayContract {

    @Override
    RealBroker broker(Path directory) {
        return new ArtemisBroker(directory);
    }

    /** There a NACK is an ACK. */
    @Override
    boolean nackRedelivers() {
        return false;
    }

    /** But for the number one. */
    @Override
    boolean countsPrefetch() {
        return false;
    }
}
