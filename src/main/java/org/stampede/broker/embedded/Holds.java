package org.stampede.broker.embedded;

import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which clients are held because they bring more than is fetched, in the order in which they came: what they brought is taken, but
 * confirmed later, and nothing more is read from them. Until there is room again, or a certain time is over: ACKs that would make
 * room may be among what is not read, of a client itself or of another one that is held. A client that has messages of that very
 * queue to acknowledge is not held at all. Not thread-safe; guarded by the lock of the {@link Queues}.
 */
final class Holds {

    private final InstantSource clock;
    private final long mostMillis;
    /** The mark of all queues together. */
    private final Watermark total;

    private final Set<Hold> all = new LinkedHashSet<>();

    Holds(EmbeddedBrokerLimits limits, InstantSource clock, Watermark total) {
        this.clock = clock;
        this.mostMillis = limits.holdTime().toMillis();
        this.total = total;
    }

    /** A message of a client was added to a queue; holds the client if that is above a mark now. */
    void added(BrokerMessage message, Queue queue, SendWindow sender) {
        queue.mark().brought(message.weight());
        total.brought(message.weight());
        boolean queueHasEnough = queue.mark().isAbove() && !sender.owes(queue);
        boolean allHaveEnough = total.isAbove() && !sender.owes();
        if ((!queueHasEnough && !allHaveEnough) || mostMillis == 0 || sender.isGone()) {
            return;
        }
        Hold hold = sender.hold().orElseGet(() -> begin(sender));
        hold.load().add(message.weight());
        if (queueHasEnough) {
            hold.add(queue.mark());
        }
        if (allHaveEnough) {
            hold.add(total);
        }
    }

    private Hold begin(SendWindow sender) {
        var hold = new Hold(sender, clock.millis());
        sender.hold(hold);
        all.add(hold);
        return hold;
    }

    /** Lets go who waits for no more than this queue, or all of them, to be low, if they are. */
    void letGo(Queue queue, Changes changes) {
        if (!all.isEmpty()) {
            queue.mark().letGo(hold -> end(hold, changes));
            total.letGo(hold -> end(hold, changes));
        }
    }

    /** Lets go who has been held long enough. */
    void tick(Changes changes) {
        long now = clock.millis();
        for (Iterator<Hold> each = all.iterator(); each.hasNext(); ) {
            Hold oldest = each.next();
            if (!oldest.hasLasted(mostMillis, now)) {
                return;
            }
            each.remove();
            end(oldest, changes);
        }
    }

    /** Lets go all. */
    void endAll(Changes changes) {
        List.copyOf(all).forEach(hold -> end(hold, changes));
    }

    /** Lets go one. */
    void end(Hold hold, Changes changes) {
        hold.leave();
        all.remove(hold);
        hold.sender().letGo();
        changes.add(hold);
    }
}
