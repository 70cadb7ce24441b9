package org.stampede.dispatch;

import java.security.Principal;
import java.util.Optional;

/** What observers with parameters are called for: a message, or a subscription. Thread-safe. */
interface Occasion {

    /** The {@code destination} header of the frame behind it. */
    String destination();

    /** The part of the destination that a variable of the observer's pattern stands for. */
    String variable(String name);

    /** A header of the frame behind it. */
    Optional<String> header(String name);

    /** The user of the session. */
    Optional<Principal> user();

    /** Whose it is. */
    String sessionId();

    /** Tells the client what is wrong with it. */
    void sendProblem(String problem);
}
