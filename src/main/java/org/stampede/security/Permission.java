package org.stampede.security;

import java.util.List;
import java.util.function.Predicate;

/**
 * Whom a rule lets do something. Immutable.
 *
 * @param text     says whom, for the report at the start
 * @param roles    which roles it names
 * @param perPlace whether it must be asked about each single destination, so that it cannot tell of many at once
 * @param grants   decides
 */
record Permission(String text, List<String> roles, boolean perPlace, Predicate<AccessAttempt> grants) {

    static final Permission EVERYBODY = plain("everybody", attempt -> true);
    static final Permission NOBODY = plain("nobody", attempt -> false);
    static final Permission LOGGED_IN =
            plain("whoever is logged in", attempt -> attempt.peer().user().isPresent());

    private static Permission plain(String text, Predicate<AccessAttempt> grants) {
        return new Permission(text, List.of(), false, grants);
    }

    static Permission ofRoles(List<String> roles) {
        return new Permission(
                "roles " + String.join(", ", roles),
                roles,
                false,
                attempt -> roles.stream().anyMatch(attempt.peer()::hasRole));
    }

    static Permission of(AccessCheck check) {
        return new Permission("whom a check lets", List.of(), true, check::allows);
    }
}
