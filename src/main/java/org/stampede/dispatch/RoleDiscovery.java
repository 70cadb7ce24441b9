package org.stampede.dispatch;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.stampede.destination.DestinationPattern;

/** Gathers, at deployment, which roles handlers demand. Confined to the container's deployment thread until that has ended. */
final class RoleDiscovery {

    /** By name, since where handlers are tested there may be no enterprise beans. */
    private static final Set<String> ENTERPRISE_BEANS =
            Set.of("jakarta.ejb.Stateless", "jakarta.ejb.Stateful", "jakarta.ejb.Singleton");

    private final Map<String, Set<RoleDemand>> byPattern = new LinkedHashMap<>();
    private final List<String> faults;

    /** @param faults takes what is found to be wrong */
    RoleDiscovery(List<String> faults) {
        this.faults = faults;
    }

    /** Takes an observer method, if it is a handler. */
    void handler(AnnotatedMethod<?> method, Class<?> bean, String place) {
        ReturnDiscovery.handled(method)
                .ifPresent(pattern -> demand(method, bean, place).ifPresent(demand -> {
                    if (isEnterpriseBean(bean)) {
                        faults.add(place
                                + ": of an enterprise bean the server checks roles itself, and it knows no STOMP user;"
                                + " put the handler into another bean.");
                    }
                    byPattern
                            .computeIfAbsent(pattern, key -> new LinkedHashSet<>())
                            .add(demand);
                }));
    }

    private static boolean isEnterpriseBean(Class<?> bean) {
        return Arrays.stream(bean.getAnnotations())
                .map(annotation -> annotation.annotationType().getName())
                .anyMatch(ENTERPRISE_BEANS::contains);
    }

    private Optional<RoleDemand> demand(AnnotatedMethod<?> method, Class<?> bean, String place) {
        Stream<Supplier<Stream<Annotation>>> places = Stream.of(
                () -> method.getAnnotations().stream(),
                () -> Arrays.stream(method.getJavaMember().getDeclaringClass().getAnnotations()),
                () -> Arrays.stream(bean.getAnnotations()));
        try {
            return places.map(annotations -> RoleDemand.of(annotations.get()))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .flatMap(demand -> demand);
        } catch (IllegalArgumentException e) {
            faults.add(place + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What the handlers of a pattern demand, all of it. */
    Collection<RoleDemand> of(DestinationPattern pattern) {
        return byPattern.getOrDefault(pattern.text(), Set.of());
    }

    /** All roles that are named. */
    Stream<String> roles() {
        return byPattern.values().stream().flatMap(Set::stream).flatMap(demand -> demand.roles().stream());
    }
}
