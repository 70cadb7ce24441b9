package org.stampede.testkit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.stampede.messaging.Messenger;

/** Gives beans the messenger, as the server does. Set once before use, hence thread-safe. */
@ApplicationScoped
class KitMessenger {

    private Optional<Messenger> messenger = Optional.empty();

    void take(Messenger ready) {
        messenger = Optional.of(ready);
    }

    @Produces
    @ApplicationScoped
    Messenger messenger() {
        return messenger.orElseThrow(() -> new IllegalStateException("The kit has not been started."));
    }
}
