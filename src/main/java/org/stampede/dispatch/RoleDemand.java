package org.stampede.dispatch;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stampede.security.Peer;

/**
 * Which roles a handler demands of a sender, by the annotations of Jakarta Annotations (2.1, section 2.11 and following): those of
 * the method, else those of the class that declares it, else those of the bean. Immutable.
 *
 * @param roles one of them will do; none for {@code @DenyAll}
 */
record RoleDemand(List<String> roles) {

    /** In Jakarta Security, whoever is logged in. */
    private static final String ANY = "**";

    /**
     * The demand of a place.
     *
     * @return empty if it says nothing; a demand by {@code @PermitAll} is empty in turn
     * @throws IllegalArgumentException if it contradicts itself
     */
    static Optional<Optional<RoleDemand>> of(Stream<Annotation> annotations) {
        List<Optional<RoleDemand>> found =
                annotations.flatMap(annotation -> of(annotation).stream()).toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "only one of @RolesAllowed, @DenyAll and @PermitAll may stand at a method or class.");
        }
        return found.stream().findFirst();
    }

    private static Optional<Optional<RoleDemand>> of(Annotation annotation) {
        if (annotation instanceof RolesAllowed allowed) {
            return Optional.of(Optional.of(
                    new RoleDemand(Arrays.stream(allowed.value()).sorted().toList())));
        }
        if (annotation instanceof DenyAll) {
            return Optional.of(Optional.of(new RoleDemand(List.of())));
        }
        return annotation instanceof PermitAll ? Optional.of(Optional.empty()) : Optional.empty();
    }

    boolean isMetBy(Peer peer) {
        return roles.stream().anyMatch(role -> role.equals(ANY) ? peer.user().isPresent() : peer.hasRole(role));
    }

    @Override
    public String toString() {
        return roles.isEmpty() ? "@DenyAll" : "@RolesAllowed " + String.join(", ", roles);
    }
}
