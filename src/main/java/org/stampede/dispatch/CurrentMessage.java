package org.stampede.dispatch;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.Message;

/** Holds the message that is being handled, and makes it injectable. Confined to the request, which is one handler's call. */
@RequestScoped
public class CurrentMessage {

    /** Null outside of a handler's call. */
    private @Nullable Message message;

    void set(Message current) {
        message = current;
    }

    /**
     * The message that is being handled.
     *
     * @throws IllegalStateException if none is, in this request
     */
    @Produces
    @RequestScoped
    public Message get() {
        if (message == null) {
            throw new IllegalStateException("No message is being handled; inject Message where a handler runs only.");
        }
        return message;
    }
}
