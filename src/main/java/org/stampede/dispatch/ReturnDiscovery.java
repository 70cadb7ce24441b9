package org.stampede.dispatch;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stampede.messaging.Destination;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.SendToUser;

/**
 * Checks, at deployment, the methods whose returned values are sent, and makes those handlers answer which return something
 * without saying where to. Confined to the container's deployment thread.
 */
final class ReturnDiscovery {

    private final List<String> faults;

    /** @param faults takes what is found to be wrong */
    ReturnDiscovery(List<String> faults) {
        this.faults = faults;
    }

    <T> void type(ProcessAnnotatedType<T> event) {
        AnnotatedType<T> type = event.getAnnotatedType();
        if (type.isAnnotationPresent(Interceptor.class)) {
            return;
        }
        check(type, type.getJavaClass().getName());
        for (AnnotatedMethod<? super T> method : type.getMethods()) {
            check(method, place(method));
            handled(method).ifPresent(pattern -> checkVariables(isSending(method) ? method : type, method, pattern));
            if (isSending(method) && returnsNothing(method)) {
                faults.add(place(method) + ": there is nothing to send, since the method returns nothing.");
            } else if ((isSending(method) || answers(method)) && !canBeIntercepted(method)) {
                faults.add(place(method) + ": what a private, static or final method, or one of a final class, returns"
                        + " cannot be sent; interceptors do not see it.");
            }
        }
        event.configureAnnotatedType()
                .filterMethods(method -> answers(method) && !isSending(method) && !isSending(type))
                .forEach(method -> method.add(Answering.Literal.INSTANCE));
    }

    private static boolean answers(AnnotatedMethod<?> method) {
        return handled(method).isPresent() && !returnsNothing(method);
    }

    private static boolean isSending(Annotated annotated) {
        return annotated.isAnnotationPresent(SendTo.class) || annotated.isAnnotationPresent(SendToUser.class);
    }

    private static boolean returnsNothing(AnnotatedMethod<?> method) {
        return method.getJavaMember().getReturnType() == void.class;
    }

    private static boolean canBeIntercepted(AnnotatedMethod<?> method) {
        int modifiers = method.getJavaMember().getModifiers();
        boolean hidden = Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers);
        return !hidden
                && !Modifier.isFinal(method.getDeclaringType().getJavaClass().getModifiers());
    }

    /** The pattern of a handler; empty if the method is none. */
    static Optional<String> handled(AnnotatedMethod<?> method) {
        return method.getParameters().stream()
                .filter(parameter -> parameter.isAnnotationPresent(Observes.class))
                .flatMap(parameter -> parameter.getAnnotations(Destination.class).stream())
                .map(Destination::value)
                .findFirst();
    }

    /** The class's annotation is checked once for itself, and for the variables of each handler that it holds for. */
    private static List<DestinationTemplate> templates(Annotated annotated) {
        var places = Optional.ofNullable(annotated.getAnnotation(SendTo.class)).map(SendTo::value);
        var users =
                Optional.ofNullable(annotated.getAnnotation(SendToUser.class)).map(SendToUser::value);
        return Stream.concat(places.stream(), users.stream())
                .flatMap(Arrays::stream)
                .map(DestinationTemplate::new)
                .toList();
    }

    private void check(Annotated annotated, String place) {
        templates(annotated).forEach(template -> template.fault().ifPresent(fault -> faults.add(place + ": " + fault)));
    }

    private void checkVariables(Annotated annotated, AnnotatedMethod<?> handler, String pattern) {
        for (DestinationTemplate template : templates(annotated)) {
            template.variables().stream()
                    .filter(name -> !name.isEmpty() && !pattern.contains("{" + name + "}"))
                    .forEach(name -> faults.add(place(handler) + ": the pattern " + pattern + " has no variable {"
                            + name + "} for the destination " + template.text() + "."));
        }
    }

    private static String place(AnnotatedMethod<?> method) {
        return method.getDeclaringType().getJavaClass().getName() + "."
                + method.getJavaMember().getName();
    }
}
