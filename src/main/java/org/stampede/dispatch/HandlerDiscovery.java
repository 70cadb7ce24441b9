package org.stampede.dispatch;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.messaging.Destination;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.MessageConverter;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.SendToUser;

/**
 * Gathers, at deployment, the observer methods qualified by {@link Destination} and those of life-cycles,
 * and fails the deployment with all faults listed if some cannot work. Written by the container's deployment thread, read
 * only afterwards.
 */
public class HandlerDiscovery implements Extension {

    /** A type of payloads that takes a converter of the application, and what to say if there is none. */
    private record Unmade(Class<?> type, String fault) {}

    private final Map<DestinationPattern, Type> handlers = new LinkedHashMap<>();
    /** What handlers' patterns match, names of variables aside, to the first pattern that was found for it. */
    private final Map<List<?>, DestinationPattern> shapes = new LinkedHashMap<>();

    private final List<String> faults = new ArrayList<>();
    private final List<Unmade> unmade = new ArrayList<>();
    private boolean hasConverters;
    private final ArgumentDiscovery arguments = new ArgumentDiscovery(faults);
    private final RoleDiscovery roles = new RoleDiscovery(faults);
    private final LifeCycleDiscovery lifeCycles = new LifeCycleDiscovery(faults);

    void observe(@Observes ProcessObserverMethod<?, ?> event) {
        ObserverMethod<?> method = event.getObserverMethod();
        var qualifiers = method.getObservedQualifiers().stream()
                .filter(q -> !(q instanceof Any))
                .toList();
        boolean ours = method.getObservedType() == HandlerFailure.class
                || qualifiers.stream().anyMatch(q -> q instanceof Destination || LifeCycleDiscovery.isLifeCycle(q));
        if (ours) {
            observe(method, qualifiers, place(event));
            Optional.ofNullable(event.getAnnotatedMethod()).ifPresent(annotated -> {
                arguments.observer(annotated, place(event));
                roles.handler(annotated, method.getBeanClass(), place(event));
            });
        }
    }

    <T> void find(
            @Observes @WithAnnotations({Destination.class, SendTo.class, SendToUser.class})
                    ProcessAnnotatedType<T> event) {
        new ReturnDiscovery(faults).type(event);
    }

    void observe(@Observes ProcessInjectionPoint<?, ?> event) {
        arguments.injectionPoint(event);
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        arguments.addBeans(event);
    }

    /** The events are fired synchronously, and with one qualifier at most. */
    private void observe(ObserverMethod<?> method, List<Annotation> qualifiers, String place) {
        if (method.isAsync()) {
            faults.add(place + ": @ObservesAsync would lose the order of messages; use @Observes.");
        }
        if (qualifiers.size() > 1) {
            faults.add(place + ": would never be called, since the event has one qualifier only, and not all of "
                    + qualifiers + ".");
        } else {
            qualifiers.forEach(qualifier -> gather(qualifier, method.getObservedType(), place));
        }
    }

    private void gather(Annotation qualifier, Type observed, String place) {
        if (qualifier instanceof Destination destination) {
            addHandler(destination.value(), observed, place);
        } else {
            lifeCycles.gather(qualifier, observed, place);
        }
    }

    private static String place(ProcessObserverMethod<?, ?> event) {
        var method = event.getAnnotatedMethod();
        return method == null
                ? event.getObserverMethod().getBeanClass().getName()
                : method.getDeclaringType().getJavaClass().getName() + "."
                        + method.getJavaMember().getName();
    }

    private void addHandler(String text, Type payload, String place) {
        if (UserDestination.isOfSession(text)) {
            faults.add(
                    place
                            + ": destinations under /user/, /temp-queue/ and /reply-queue/ belong to sessions; they cannot have handlers.");
        }
        if (text.startsWith("/stampede/")) {
            faults.add(place + ": destinations under /stampede/ belong to the server; they cannot have handlers.");
        }
        var faultOfEvent = PayloadType.faultOf(payload);
        faultOfEvent.ifPresent(fault -> faults.add(place + ": " + fault));
        if (faultOfEvent.isEmpty() && payload instanceof Class<?> type) {
            PayloadType.faultOfJson(type).ifPresent(fault -> unmade.add(new Unmade(type, place + ": " + fault)));
        }
        parse(text, place).ifPresent(pattern -> addHandler(pattern, payload, place));
    }

    private void addHandler(DestinationPattern pattern, Type payload, String place) {
        Type other = handlers.putIfAbsent(pattern, payload);
        if (other != null && !other.equals(payload)) {
            faults.add(place + ": the payload of " + pattern + " is " + payload.getTypeName() + " here, but "
                    + other.getTypeName() + " in another handler; it must be the same in all.");
        }
        DestinationPattern twin = shapes.putIfAbsent(shape(pattern), pattern);
        if (twin != null && !twin.equals(pattern)) {
            faults.add(place + ": " + pattern + " is another way to write " + twin
                    + ", which has a handler; write it alike, so that both are called.");
        }
    }

    private static List<?> shape(DestinationPattern pattern) {
        return pattern.parts().stream()
                .map(part -> switch (part.kind()) {
                    case LITERAL -> part;
                    case ONE -> new DestinationPattern.Part(part.separator(), part.kind(), "");
                    case REST -> part.kind();
                })
                .toList();
    }

    private Optional<DestinationPattern> parse(String text, String place) {
        try {
            return Optional.of(DestinationPattern.ofApplication(text));
        } catch (IllegalArgumentException e) {
            faults.add(place + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Beans of the application may read what the built-in converters cannot; which types, they tell when they are there. */
    void observe(@Observes ProcessBean<?> event) {
        hasConverters |= event.getBean().getTypes().contains(MessageConverter.class);
    }

    void validate(@Observes AfterDeploymentValidation event) {
        if (!hasConverters) {
            unmade.forEach(type -> faults.add(type.fault()));
        }
        if (!faults.isEmpty()) {
            event.addDeploymentProblem(new DeploymentException(told(faults)));
        }
    }

    private static String told(List<String> faults) {
        return "Stampede found " + faults.size() + (faults.size() == 1 ? " fault" : " faults") + ":\n - "
                + faults.stream().sorted().collect(Collectors.joining("\n - "));
    }

    /**
     * Checks what only the converters know.
     *
     * @throws IllegalStateException if there are handlers whose payload none makes; the message names all of them
     */
    void require(Converters converters) {
        var unread = unmade.stream()
                .filter(payload -> !converters.mayRead(payload.type()))
                .map(Unmade::fault)
                .toList();
        if (!unread.isEmpty()) {
            throw new IllegalStateException(told(unread));
        }
    }

    /** Pattern to type of payload, of all handlers. */
    Map<DestinationPattern, Type> handlers() {
        return handlers;
    }

    /** Says where the beans for parameters of handlers find their values. */
    void bind(CurrentMessage message) {
        arguments.bind(message);
    }

    /** What the observers with this qualifier and pattern want beside the event. */
    Collection<Argument> arguments(Class<? extends Annotation> qualifier, DestinationPattern pattern) {
        return arguments.of(new ObservedPattern(qualifier, pattern.text()));
    }

    /** Which roles handlers demand. */
    RoleDiscovery roles() {
        return roles;
    }

    /** Which life-cycles are observed. */
    LifeCycleDiscovery lifeCycles() {
        return lifeCycles;
    }
}
