package org.stampede.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stampede.broker.Destinations;
import org.stampede.stomp.AckMode;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;

/** STOMP 1.2, section SUBSCRIBE ack Header. */
class UnacknowledgedTest {

    private final Unacknowledged unacknowledged = new Unacknowledged(2);
    private final OwnSubscription subscription = subscription(AckMode.CLIENT);

    private static OwnSubscription subscription(AckMode mode) {
        var pattern = Destinations.pattern("/topic/**", 10);
        return new OwnSubscription("t", pattern, mode, Frame.of(Command.SUBSCRIBE, "id", "s1"));
    }

    @Test
    void whatIsTooOldToBeKnownIsStillTheClients() {
        unacknowledged.delivered(subscription, "1");
        unacknowledged.delivered(subscription, "2");
        unacknowledged.delivered(subscription, "3");
        assertThat(unacknowledged.settled("2", false)).isEmpty();
        assertThat(unacknowledged.settled("3", false)).isEmpty();
        assertThat(unacknowledged.passedOver(subscription, "4")).isEmpty();
        unacknowledged.delivered(subscription, "5");
        assertThat(unacknowledged.settled("5", true)).isEmpty();
        assertThat(unacknowledged.passedOver(subscription, "6")).containsExactly("6");
    }

    @Test
    void whatWasPassedOverIsAcknowledgedWhenTheClientHasNothingMore() {
        unacknowledged.delivered(subscription, "1");
        assertThat(unacknowledged.passedOver(subscription, "2")).isEmpty();
        assertThat(unacknowledged.passedOver(subscription(AckMode.CLIENT_INDIVIDUAL), "4"))
                .containsExactly("4");
        assertThat(unacknowledged.settled("1", false)).containsExactly("2");
    }

    @Test
    void whatEndsIsNotTheClientsAnyMore() {
        var other = subscription(AckMode.CLIENT_INDIVIDUAL);
        unacknowledged.delivered(other, "1");
        assertThat(unacknowledged.passedOver(subscription, "2")).isEmpty();
        assertThat(unacknowledged.ended(other)).containsExactly("2");
        assertThat(unacknowledged.settled("1", true)).isEmpty();
    }
}
