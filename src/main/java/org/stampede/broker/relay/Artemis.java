package org.stampede.broker.relay;

import java.util.function.BiConsumer;
import org.stampede.stomp.AckMode;

/**
 * ActiveMQ Artemis. A queue is an anycast address of its name, as for clients of Jakarta Messaging; a topic a multicast one, whose
 * name begins with {@value #OF_TOPICS}: who subscribes to an address that is both becomes a consumer of the queue there. Headers
 * say which is meant, whatever prefixes the acceptor has. Stateless.
 *
 * @see <a href="https://artemis.apache.org/components/artemis/documentation/latest/stomp.html">Artemis, STOMP</a>
 */
final class Artemis implements Dialect {

    private static final String OF_TOPICS = "topic.";

    @Override
    public String theirs(boolean queue, String name) {
        return queue ? name : OF_TOPICS + name;
    }

    @Override
    public String named(boolean queue, String theirs) {
        if (queue) {
            return QUEUES + theirs;
        }
        return TOPICS + (theirs.startsWith(OF_TOPICS) ? theirs.substring(OF_TOPICS.length()) : theirs);
    }

    @Override
    public String rest() {
        return "#";
    }

    /** A name must not lead to another queue than it says, nor to the management of the broker. */
    @Override
    public String objection(boolean queue, String name) {
        if (queue && name.startsWith(OF_TOPICS)) {
            return "names that begin with " + OF_TOPICS + " are those of topics there";
        }
        if (name.contains("::") || name.contains("://") || name.startsWith("/")) {
            return "a name must not begin with a slash, nor have two colons, or a colon and two slashes, in it";
        }
        if (name.startsWith("jms.") || name.startsWith("activemq.") || name.startsWith("$")) {
            return "names that begin with jms., activemq. or $ are those of the broker";
        }
        return "";
    }

    @Override
    public boolean isPassedOn(String header) {
        return !header.startsWith("_") && !header.endsWith("-type") || header.equals("content-type");
    }

    @Override
    public boolean hasSelectors() {
        return true;
    }

    @Override
    public boolean hasTransactionalAcks() {
        return false;
    }

    @Override
    public void send(boolean queue, BiConsumer<String, String> headers) {
        headers.accept("destination-type", routing(queue));
    }

    /** The window is one of octets; who wants one message at a time gets it. */
    @Override
    public void subscribe(boolean queue, AckMode ack, int prefetch, BiConsumer<String, String> headers) {
        headers.accept("subscription-type", routing(queue));
        if (ack != AckMode.AUTO && prefetch == 1) {
            headers.accept("consumer-window-size", "1");
        }
    }

    private static String routing(boolean queue) {
        return queue ? "ANYCAST" : "MULTICAST";
    }
}
