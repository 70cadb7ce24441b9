package org.stampede.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.stampede.security.AccessRules;

/** Rules for the tests of everything else: everybody may do everything. In the place of those of the application. Stateless. */
@Alternative
@Priority(1)
@ApplicationScoped
public class OpenAccess {

    @Produces
    @Singleton
    AccessRules rules() {
        return AccessRules.builder()
                .send("/**")
                .permitAll()
                .subscribe("/**")
                .permitAll()
                .build();
    }
}
