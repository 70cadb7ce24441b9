package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import org.stampede.messaging.SlowConsumers;
import org.stampede.security.AccessRules;
import org.stampede.security.Authenticator;
import org.stampede.security.IdentityStoreAuthenticator;

/**
 * Who may do what at the exchange: everybody may watch, traders may trade, and nobody may speak for it. Whoever watches over a slow
 * line sees fewer quotes, and no old ones. Stateless.
 */
@ApplicationScoped
public class StockRules {

    /** The first rule that matches decides; what no rule names is denied. */
    @Produces
    @Singleton
    AccessRules rules() {
        return AccessRules.builder()
                .subscribe("/topic/price.stock.*")
                .permitAll()
                .subscribe("/topic/trades")
                .permitAll()
                .subscribe("/user/**")
                .permitAll()
                .send("/queue/trade")
                .roles(Roles.TRADER)
                .build();
    }

    /** Of each stock only the newest quote waits for a browser. */
    @Produces
    @Singleton
    SlowConsumers slowConsumers() {
        return SlowConsumers.builder().conflate("/topic/price.stock.*").build();
    }

    /** Who somebody is, is told by {@code login} and {@code passcode} of CONNECT, and judged by the {@link Accounts}. */
    @Produces
    @Singleton
    Authenticator passcodes(IdentityStoreHandler stores) {
        return new IdentityStoreAuthenticator(stores);
    }
}
