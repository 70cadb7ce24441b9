package org.stampede.dispatch;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.SendTo;

/** Runs around transactions, so that what was rolled back is not sent. Thread-safe. */
@Interceptor
@SendTo({})
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class SendToInterceptor {

    @Inject
    ReturnedPayloads payloads;

    /** Sends what the method returns. */
    @AroundInvoke
    @Nullable
    Object send(InvocationContext call) throws Exception {
        return payloads.sendTo(call);
    }
}
