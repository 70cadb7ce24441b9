package org.stampede.dispatch;

import jakarta.enterprise.context.RequestScoped;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.Message;
import org.stampede.messaging.SessionAttributes;

/**
 * What {@code @Inject Message} refers to: the message that is being handled in the request. Its methods throw
 * {@link IllegalStateException} if none is. Confined to the request, which is one handler's call.
 */
@RequestScoped
public class CurrentMessage implements Message {

    /** Null outside of a handler's call. */
    private @Nullable ReceivedMessage message;

    private Arguments arguments = Arguments.NONE;
    /** What the message is handled by, beside the calls of its handlers. */
    private final List<PendingResult> results = new ArrayList<>();

    void begin(ReceivedMessage current, Arguments ofHandlers) {
        message = current;
        arguments = ofHandlers;
        results.clear();
    }

    void end() {
        message = null;
        arguments = Arguments.NONE;
    }

    /** Gives parameters their values while observers are called for something else than a message. */
    void with(Arguments ofObservers, Runnable call) {
        // A message may be what brought it about, where tasks run on the thread that brings them.
        var outerMessage = message;
        var outerArguments = arguments;
        message = null;
        arguments = ofObservers;
        try {
            call.run();
        } finally {
            message = outerMessage;
            arguments = outerArguments;
        }
    }

    Object argument(Argument argument) {
        return arguments.value(argument);
    }

    Optional<ReceivedMessage> find() {
        return Optional.ofNullable(message);
    }

    /** Makes a result part of the message's handling. */
    void await(PendingResult result) {
        results.add(result);
    }

    /** What is awaited so far. */
    List<PendingResult> awaited() {
        return List.copyOf(results);
    }

    private ReceivedMessage message() {
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
    public SessionAttributes attributes() {
        return message().attributes();
    }

    @Override
    public void reply(Object payload) {
        message().reply(payload);
    }

    @Override
    public void reply(String destination, Object payload, Map<String, String> headers) {
        message().reply(destination, payload, headers);
    }
}
