package org.stampede.load;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Message;
import org.stampede.messaging.SlowConsumerCounts;
import org.stampede.messaging.SlowConsumers;

/** What clients of the load bench talk to. Thread-safe. */
@ApplicationScoped
public class LoadDesk {

    /** Where messages are conflated; elsewhere whoever is too slow is disconnected. */
    static final String CONFLATED = "/topic/conflated/";
    /** Where the oldest messages are dropped. */
    static final String DROPPED = "/topic/dropped/";

    private static final long WORK_NANOS = 1_000_000;

    private final AtomicLong worked = new AtomicLong();

    @Produces
    @Singleton
    static SlowConsumers slowConsumers() {
        return SlowConsumers.builder()
                .conflate(CONFLATED + "**")
                .dropOldest(DROPPED + "**")
                .build();
    }

    void echo(@Observes @Destination("/queue/echo") Echo echo, Message message) {
        message.reply("/queue/echo", echo);
    }

    /** Work that takes its time. */
    void work(@Observes @Destination("/queue/work") Message message) {
        LockSupport.parkNanos(WORK_NANOS);
        worked.incrementAndGet();
    }

    /** How much of it was done. */
    void worked(@Observes @Destination("/queue/worked") Message message) {
        message.reply("/queue/counts", String.valueOf(worked.get()));
    }

    /** What slow clients have missed. */
    void leftOut(@Observes @Destination("/queue/left-out") Message message, SlowConsumerCounts counts) {
        message.reply("/queue/counts", String.valueOf(counts.conflated() + counts.dropped()));
    }
}
