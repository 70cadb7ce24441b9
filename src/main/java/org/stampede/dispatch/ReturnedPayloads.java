package org.stampede.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import jakarta.security.enterprise.SecurityContext;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.Messenger;

/**
 * Sends what methods return. Where to is settled before the method is called, so that a call which cannot end well does not
 * begin. Thread-safe.
 */
@ApplicationScoped
public class ReturnedPayloads {

    @Inject
    Messenger messenger;

    @Inject
    CurrentMessage current;

    @Inject
    Instance<SecurityContext> security;

    private record Key(Class<?> bean, Method method) {}

    private final Map<Key, SendingPlan> toPlaces = new ConcurrentHashMap<>();
    private final Map<Key, SendingPlan> toUsers = new ConcurrentHashMap<>();

    /** Calls a method, and sends what it returns to topics and queues. */
    @Nullable
    Object sendTo(InvocationContext call) throws Exception {
        var plan = plan(toPlaces, call, SendingPlan::sendTo);
        var destinations = plan.destinations(variables());
        return send(call, plan.isHandler(), payload -> destinations.forEach(place -> messenger.send(place, payload)));
    }

    /** Calls a method, and sends what it returns to a user. */
    @Nullable
    Object sendToUser(InvocationContext call) throws Exception {
        var plan = plan(toUsers, call, SendingPlan::sendToUser);
        var destinations = plan.destinations(variables());
        var recipient = recipient(plan.allSessions());
        return send(call, plan.isHandler(), payload -> destinations.forEach(place -> recipient.accept(place, payload)));
    }

    /** Calls a handler, and sends what it returns to where the message wants its reply. */
    @Nullable
    Object reply(InvocationContext call) throws Exception {
        var message = message().filter(ReceivedMessage::wantsReply);
        message.ifPresent(ReceivedMessage::replyPlace);
        return send(call, true, payload -> message.ifPresent(asked -> asked.reply(payload)));
    }

    private static SendingPlan plan(
            Map<Key, SendingPlan> plans, InvocationContext call, Function<InvocationContext, SendingPlan> maker) {
        return plans.computeIfAbsent(new Key(call.getTarget().getClass(), call.getMethod()), key -> maker.apply(call));
    }

    private Map<String, String> variables() {
        return message().map(ReceivedMessage::variables).orElse(Map.of());
    }

    /** The message that is being handled in this call. */
    private Optional<ReceivedMessage> message() {
        try {
            return current.find();
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }

    private BiConsumer<String, Object> recipient(boolean allSessions) {
        var message = message();
        var user = message.isPresent() ? message.get().user() : caller();
        if (user.isPresent() && (allSessions || message.isEmpty())) {
            String name = user.get().getName();
            return (place, payload) -> messenger.sendToUser(name, place, payload);
        }
        String session = message.orElseThrow(() -> new IllegalStateException(
                        "@SendToUser needs a user: no message is being handled, and no caller is logged in."))
                .sessionId();
        return (place, payload) -> messenger.sendToSession(session, place, payload);
    }

    private Optional<Principal> caller() {
        return security.isResolvable()
                ? Optional.ofNullable(security.get().getCallerPrincipal()).filter(ReturnedPayloads::isSomebody)
                : Optional.empty();
    }

    /** Where nobody is logged in WildFly says so by a principal of its own, and by null elsewhere. */
    private static boolean isSomebody(Principal caller) {
        return !caller.getClass().getSimpleName().equals("AnonymousPrincipal");
    }

    private @Nullable Object send(InvocationContext call, boolean isHandler, Consumer<Object> sender) throws Exception {
        Object result = call.proceed();
        if (!(result instanceof CompletionStage<?> stage)) {
            PendingResult.send(result, sender);
            return result;
        }
        if (isHandler && message().isPresent()) {
            current.await(PendingResult.of(stage, sender));
            return stage;
        }
        return stage.thenApply(value -> {
            PendingResult.send(value, sender);
            return value;
        });
    }
}
