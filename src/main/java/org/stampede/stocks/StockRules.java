package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.stampede.security.AccessRules;

/** Who may do what at the exchange: everybody may watch and trade, and nobody may speak for it. Stateless. */
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
                .permitAll()
                .build();
    }
}
