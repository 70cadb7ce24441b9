package org.stampede.broker.relay;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.stampede.stomp.AckMode;

/**
 * RabbitMQ with its STOMP plug-in. Each subscription to a topic has a queue of its own there, which ends with it. Stateless.
 *
 * @see <a href="https://www.rabbitmq.com/docs/stomp">RabbitMQ STOMP</a>
 */
final class RabbitMq implements Dialect {

    /** AMQP has no longer routing keys. */
    private static final int LONGEST = 255;

    /** How a slash is written in a name: the only escape that is understood. */
    private static final String SLASH = "%2F";

    /** By these a client would say what queues are like, or which one it means. */
    private static final Set<String> OF_QUEUES = Set.of("durable", "auto-delete", "exclusive", "prefetch-count");

    @Override
    public String theirs(boolean queue, String name) {
        return (queue ? QUEUES : TOPICS) + name.replace("/", SLASH);
    }

    @Override
    public String named(boolean queue, String theirs) {
        try {
            return URLDecoder.decode(theirs.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // It was sent by others, in a form of their own.
            return theirs;
        }
    }

    @Override
    public String rest() {
        return "#";
    }

    @Override
    public String objection(boolean queue, String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return "its name has more than " + LONGEST + " octets";
        }
        if (name.toUpperCase(Locale.ROOT).contains(SLASH)) {
            return "a name must not have " + SLASH + " in it, which would be a slash there";
        }
        return name.startsWith("amq.") ? "names that begin with amq. are those of the broker" : "";
    }

    @Override
    public boolean isPassedOn(String header) {
        return !header.startsWith("x-") && !OF_QUEUES.contains(header);
    }

    @Override
    public boolean hasSelectors() {
        return false;
    }

    @Override
    public boolean hasTransactionalAcks() {
        return true;
    }

    @Override
    public void send(boolean queue, BiConsumer<String, String> headers) {}

    @Override
    public void subscribe(boolean queue, AckMode ack, int prefetch, BiConsumer<String, String> headers) {
        if (ack != AckMode.AUTO) {
            headers.accept("prefetch-count", String.valueOf(prefetch));
        }
    }
}
