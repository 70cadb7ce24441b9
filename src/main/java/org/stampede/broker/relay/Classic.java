package org.stampede.broker.relay;

import java.util.function.BiConsumer;
import org.stampede.stomp.AckMode;

/**
 * ActiveMQ Classic. Stateless.
 *
 * @see <a href="https://activemq.apache.org/components/classic/documentation/stomp">ActiveMQ Classic, STOMP</a>
 */
final class Classic implements Dialect {

    @Override
    public String theirs(boolean queue, String name) {
        return (queue ? QUEUES : TOPICS) + name;
    }

    @Override
    public String named(boolean queue, String theirs) {
        return theirs;
    }

    @Override
    public String rest() {
        return ">";
    }

    /** A name must not lead elsewhere: a comma begins another destination, a question mark options. */
    @Override
    public String objection(boolean queue, String name) {
        if (name.indexOf(',') >= 0 || name.indexOf('?') >= 0 || name.contains("://")) {
            return "a name must not have a comma, a question mark, or a colon and two slashes in it";
        }
        return name.startsWith("ActiveMQ.") ? "names that begin with ActiveMQ. are those of the broker" : "";
    }

    @Override
    public boolean isPassedOn(String header) {
        return !header.startsWith("activemq.") && !header.equals("transformation") && !header.equals("browser");
    }

    @Override
    public boolean hasSelectors() {
        return true;
    }

    @Override
    public boolean hasTransactionalAcks() {
        return true;
    }

    @Override
    public void send(boolean queue, BiConsumer<String, String> headers) {}

    @Override
    public void subscribe(boolean queue, AckMode ack, int prefetch, BiConsumer<String, String> headers) {
        if (queue) {
            headers.accept("activemq.prefetchSize", String.valueOf(prefetch));
        }
    }
}
