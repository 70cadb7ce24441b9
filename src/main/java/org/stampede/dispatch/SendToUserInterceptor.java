package org.stampede.dispatch;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.SendToUser;

/** Runs around transactions, so that what was rolled back is not sent. Thread-safe. */
@Interceptor
@SendToUser({})
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class SendToUserInterceptor {

    @Inject
    ReturnedPayloads payloads;

    /** Sends what the method returns to the user. */
    @AroundInvoke
    @Nullable
    Object send(InvocationContext call) throws Exception {
        return payloads.sendToUser(call);
    }
}
