package org.stampede.dispatch;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Runs around transactions, so that what was rolled back is not sent. Thread-safe. */
@Interceptor
@Answering
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class AnsweringInterceptor {

    @Inject
    ReturnedPayloads payloads;

    /** Replies with what the handler returns. */
    @AroundInvoke
    @Nullable
    Object reply(InvocationContext call) throws Exception {
        return payloads.reply(call);
    }
}
