package org.stampede.dispatch;

import jakarta.enterprise.context.RequestScoped;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.Message;

/**
 * What {@code @Inject Message} refers to: the message that is being handled in the request. Its methods throw
 * {@link IllegalStateException} if none is. Confined to the request, which is one handler's call.
 */
@RequestScoped
public class CurrentMessage implements Message {

    /** Null outside of a handler's call. */
    private @Nullable Message message;

    void set(Message current) {
        message = current;
    }

    void clear() {
        message = null;
    }

    private Message message() {
        if (message == null) {
            throw new IllegalStateException("No message is being handled; use Message only where a handler runs.");
        }
        return message;
    }

    @Override
    public String destination() {
        return message().destination();
    }

    @Override
    public String variable(String name) {
        return message().variable(name);
    }

    @Override
    public Optional<String> header(String name) {
        return message().header(name);
    }

    @Override
    public Map<String, String> headers() {
        return message().headers();
    }

    @Override
    public byte[] body() {
        return message().body();
    }

    @Override
    public String text() {
        return message().text();
    }

    @Override
    public Optional<Principal> user() {
        return message().user();
    }

    @Override
    public String sessionId() {
        return message().sessionId();
    }

    @Override
    public void reply(String destination, Object payload, Map<String, String> headers) {
        message().reply(destination, payload, headers);
    }
}
