package org.stampede.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.stampede.stomp.Frame;

class FanoutTest {

    private final Fanout fanout =
            new Fanout(BrokerMessage.of(TestBroker.sendFrame("/topic/a", "1"), InstantSource.system()), "m");

    @Test
    void subscriptionsOfTheSameIdShareAFrame() {
        assertThat(fanout.frame("0")).isSameAs(fanout.frame("0")).isNotSameAs(fanout.frame("1"));
    }

    /** Who reads slowly keeps the message long after it has reached all others, and must not keep their frames. */
    @Test
    void nothingIsKeptForLatecomers() {
        Frame shared = fanout.frame("0");
        fanout.end();
        Frame late = fanout.frame("0");
        assertThat(late).isNotSameAs(shared).isNotSameAs(fanout.frame("0"));
        assertThat(late.header("message-id")).isNotEqualTo(shared.header("message-id"));
    }
}
