package org.stampede.library.app;

import org.stampede.messaging.StompSessionScoped;

/** Who is at the other end of a session, as he says himself: each session has a Guest of its own, and needs no lock. */
@StompSessionScoped
public class Guest {

    private String name = "somebody";

    String name() {
        return name;
    }

    void introduce(String as) {
        name = as;
    }
}
