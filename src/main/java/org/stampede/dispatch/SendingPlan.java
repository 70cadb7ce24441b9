package org.stampede.dispatch;

import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stampede.messaging.Destination;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.SendToUser;

/**
 * What is to be done with that which a method returns. Immutable.
 *
 * @param destinations where to
 * @param allSessions  whether all sessions of a user are meant
 * @param isHandler    whether the method is a handler, so that the message is handled only when its result is there
 */
record SendingPlan(List<DestinationTemplate> destinations, boolean allSessions, boolean isHandler) {

    /** Of a method annotated by {@link SendTo}, or else its class. */
    static SendingPlan sendTo(InvocationContext call) {
        return of(annotation(call, SendTo.class).value(), true, call.getMethod());
    }

    /** Of a method annotated by {@link SendToUser}, or else its class. */
    static SendingPlan sendToUser(InvocationContext call) {
        var annotation = annotation(call, SendToUser.class);
        return of(annotation.value(), annotation.allSessions(), call.getMethod());
    }

    private static SendingPlan of(String[] destinations, boolean allSessions, Method method) {
        var templates =
                Arrays.stream(destinations).map(DestinationTemplate::new).toList();
        return new SendingPlan(templates, allSessions, isHandler(method));
    }

    private static <A extends Annotation> A annotation(InvocationContext call, Class<A> type) {
        @Nullable A ofMethod = call.getMethod().getAnnotation(type);
        if (ofMethod != null) {
            return ofMethod;
        }
        @Nullable A ofBean = call.getTarget().getClass().getAnnotation(type);
        A ofClass = ofBean == null ? call.getMethod().getDeclaringClass().getAnnotation(type) : ofBean;
        if (ofClass == null) {
            throw new IllegalStateException("@" + type.getSimpleName() + " must be written on the method "
                    + call.getMethod() + " itself or on its class.");
        }
        return ofClass;
    }

    static boolean isHandler(Method method) {
        return Arrays.stream(method.getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(Destination.class));
    }

    /** The destinations, variables replaced. */
    List<String> destinations(Map<String, String> variables) {
        return destinations.stream().map(template -> template.with(variables)).toList();
    }
}
