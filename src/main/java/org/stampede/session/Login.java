package org.stampede.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stampede.security.Identity;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;

/** Tells from a frame CONNECT who somebody is. Asked from the session's Inbox, and may take its time. Thread-safe. */
@FunctionalInterface
public interface Login {

    /** Nothing in CONNECT tells who somebody is. */
    Login NONE = (connect, peer) -> CompletableFuture.completedFuture(Optional.empty());

    /**
     * Judges a CONNECT.
     *
     * @param peer as it is known from the handshake
     * @return who it is, empty if the peer stays who it was; exceptionally with a {@link PolicyException} if it is not let in
     */
    CompletionStage<Optional<Identity>> login(Frame connect, Peer peer);
}
