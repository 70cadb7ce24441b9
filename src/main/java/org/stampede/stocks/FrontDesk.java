package org.stampede.stocks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.Principal;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;

/** Tells a page who it is that looks at it, so that it can show what this visitor may do. Thread-safe. */
@ApplicationScoped
public class FrontDesk {

    @Inject
    StoredAccounts accounts;

    void greet(@Observes @Subscribed("/user/queue/visitor") SubscriptionEvent subscription) {
        subscription.send(subscription
                .user()
                .map(Principal::getName)
                .flatMap(accounts::find)
                .map(Visitor::of)
                .orElse(Visitor.UNKNOWN));
    }
}
