package org.stampede.dispatch;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AnnotatedCallable;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.stream.Stream;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.Unsubscribed;

/**
 * What an observer with parameters observes. Immutable.
 *
 * @param kind    {@link Destination}, {@link Subscribed} or {@link Unsubscribed}
 * @param pattern the destinations, as written
 */
record ObservedPattern(Class<? extends Annotation> kind, String pattern) {

    /** What a method observes; empty if it is nothing of the kind. */
    static Optional<ObservedPattern> of(AnnotatedCallable<?> method) {
        return method.getParameters().stream()
                .filter(parameter -> parameter.isAnnotationPresent(Observes.class))
                .flatMap(parameter -> parameter.getAnnotations().stream())
                .flatMap(ObservedPattern::of)
                .findFirst();
    }

    private static Stream<ObservedPattern> of(Annotation qualifier) {
        if (qualifier instanceof Destination messages) {
            return Stream.of(new ObservedPattern(Destination.class, messages.value()));
        }
        if (qualifier instanceof Subscribed begun) {
            return Stream.of(new ObservedPattern(Subscribed.class, begun.value()));
        }
        return qualifier instanceof Unsubscribed ended
                ? Stream.of(new ObservedPattern(Unsubscribed.class, ended.value()))
                : Stream.empty();
    }
}
