package org.stampede.dispatch;

import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers, at deployment, the parameters that observers want of a message or a subscription, and gives each a bean. Confined to the container's
 * deployment thread, but for the beans, which any thread may ask for.
 */
final class ArgumentDiscovery {

    private final Map<ObservedPattern, Set<Argument>> byPattern = new LinkedHashMap<>();
    /** All that need a bean: also the faulty, so that the container does not stop before all faults are told. */
    private final Set<Argument> all = new LinkedHashSet<>();

    private final List<String> faults;
    /** Null until the engine has been put together. */
    private volatile @Nullable CurrentMessage current;

    /** @param faults takes what is found to be wrong */
    ArgumentDiscovery(List<String> faults) {
        this.faults = faults;
    }

    /** Takes the parameters of an observer method that may have some; a malformed pattern is left to others to tell of. */
    void observer(AnnotatedMethod<?> method, String place) {
        ObservedPattern.of(method)
                .ifPresent(pattern -> method.getParameters()
                        .forEach(parameter -> Argument.of(parameter)
                                .map(argument -> named(argument, parameter))
                                .ifPresent(argument -> add(argument, pattern, place))));
    }

    private void add(Argument argument, ObservedPattern pattern, String place) {
        argument.faultFor(pattern).ifPresent(fault -> faults.add(place + ": " + fault));
        all.add(argument);
        byPattern.computeIfAbsent(pattern, p -> new LinkedHashSet<>()).add(argument);
    }

    private static Argument named(Argument argument, AnnotatedParameter<?> parameter) {
        var java = parameter.getJavaParameter();
        return argument.isUnnamed() && java.isNamePresent() ? argument.named(java.getName()) : argument;
    }

    /** Names the variable that an injection point leaves unnamed, and finds those outside of handlers. */
    void injectionPoint(ProcessInjectionPoint<?, ?> event) {
        Annotated annotated = event.getInjectionPoint().getAnnotated();
        var wanted = annotated == null ? Optional.<Argument>empty() : Argument.of(annotated);
        if (wanted.isEmpty() || !(annotated instanceof AnnotatedParameter<?> parameter)) {
            return;
        }
        if (ObservedPattern.of(parameter.getDeclaringCallable()).isEmpty()) {
            var member = event.getInjectionPoint().getMember();
            faults.add(
                    member.getDeclaringClass().getName() + "." + member.getName() + ": "
                            + wanted.get().name()
                            + " is had only by a parameter of a method that @Observes a @Destination, @Subscribed or @Unsubscribed.");
            all.add(wanted.get());
        } else if (wanted.get().isUnnamed()) {
            event.configureInjectionPoint()
                    .qualifiers(named(wanted.get(), parameter).qualifier());
        }
    }

    /** Adds the beans. */
    void addBeans(AfterBeanDiscovery event) {
        for (Argument argument : all) {
            event.addBean()
                    .id("stampede " + argument)
                    .types(argument.type())
                    .qualifiers(argument.qualifier())
                    .produceWith(beans -> valueOf(argument));
        }
    }

    private Object valueOf(Argument argument) {
        var source = current;
        if (source == null) {
            throw new IllegalStateException("No message is being handled; the server has not been started.");
        }
        return source.argument(argument);
    }

    /**
     * Says where the beans find their values. They do not look it up: the extension, to which they belong, does not see the
     * beans of the application on every server.
     */
    void bind(CurrentMessage message) {
        current = message;
    }

    /** What the observers of a pattern want. */
    Collection<Argument> of(ObservedPattern pattern) {
        return List.copyOf(byPattern.getOrDefault(pattern, Set.of()));
    }
}
