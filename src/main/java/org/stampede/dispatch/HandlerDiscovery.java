package org.stampede.dispatch;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.messaging.Destination;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.Unsubscribed;

/**
 * Gathers, at deployment, the observer methods qualified by {@link Destination}, {@link Subscribed} and {@link Unsubscribed},
 * and fails the deployment with all faults listed if some cannot work. Written by the container's deployment thread, read
 * only afterwards.
 */
public class HandlerDiscovery implements Extension {

    private final Map<DestinationPattern, Type> handlers = new LinkedHashMap<>();
    private final Set<DestinationPattern> subscribed = new LinkedHashSet<>();
    private final Set<DestinationPattern> unsubscribed = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();

    void observe(@Observes ProcessObserverMethod<?, ?> event) {
        ObserverMethod<?> method = event.getObserverMethod();
        String place = place(event);
        for (Annotation qualifier : method.getObservedQualifiers()) {
            if (qualifier instanceof Destination destination) {
                addHandler(destination.value(), method, place);
            } else if (qualifier instanceof Subscribed begun) {
                parse(begun.value(), place).ifPresent(subscribed::add);
            } else if (qualifier instanceof Unsubscribed ended) {
                parse(ended.value(), place).ifPresent(unsubscribed::add);
            }
        }
    }

    private static String place(ProcessObserverMethod<?, ?> event) {
        var method = event.getAnnotatedMethod();
        return method == null
                ? event.getObserverMethod().getBeanClass().getName()
                : method.getDeclaringType().getJavaClass().getName() + "."
                        + method.getJavaMember().getName();
    }

    private void addHandler(String text, ObserverMethod<?> method, String place) {
        if (method.isAsync()) {
            faults.add(place + ": @ObservesAsync with @Destination would lose the order of messages; use @Observes.");
        }
        if (UserDestination.isUserDestination(text)) {
            faults.add(place + ": destinations under /user/ belong to sessions; they cannot have handlers.");
        }
        PayloadReader.faultOf(method.getObservedType()).ifPresent(fault -> faults.add(place + ": " + fault));
        parse(text, place).ifPresent(pattern -> addHandler(pattern, method.getObservedType(), place));
    }

    private void addHandler(DestinationPattern pattern, Type payload, String place) {
        Type other = handlers.putIfAbsent(pattern, payload);
        if (other != null && !other.equals(payload)) {
            faults.add(place + ": the payload of " + pattern + " is " + payload.getTypeName() + " here, but "
                    + other.getTypeName() + " in another handler; it must be the same in all.");
        }
    }

    private Optional<DestinationPattern> parse(String text, String place) {
        try {
            return Optional.of(DestinationPattern.ofApplication(text));
        } catch (IllegalArgumentException e) {
            faults.add(place + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    void validate(@Observes AfterDeploymentValidation event) {
        if (!faults.isEmpty()) {
            event.addDeploymentProblem(new DeploymentException(
                    "Stampede found " + faults.size() + " fault(s):\n - " + String.join("\n - ", faults)));
        }
    }

    /** Pattern to type of payload, of all handlers. */
    Map<DestinationPattern, Type> handlers() {
        return handlers;
    }

    /** The patterns whose new subscribers some observer wants to know of. */
    Set<DestinationPattern> subscribed() {
        return subscribed;
    }

    /** The patterns whose former subscribers some observer wants to know of. */
    Set<DestinationPattern> unsubscribed() {
        return unsubscribed;
    }
}
