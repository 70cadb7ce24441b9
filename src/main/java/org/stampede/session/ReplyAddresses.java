package org.stampede.session;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.stampede.destination.UserDestination;

/**
 * The addresses under which other clients reply to a place of a session: nobody can guess one, and each leads to that place only.
 * Thread-safe.
 */
final class ReplyAddresses {

    /** Address to private destination. */
    private final Map<String, String> places = new ConcurrentHashMap<>();

    /** A new address of a private destination. */
    String add(String privateDestination) {
        String address = UserDestination.replyQueue(UUID.randomUUID().toString());
        places.put(address, privateDestination);
        return address;
    }

    /** The private destination behind an address; empty if there is none, or its session has ended. */
    Optional<String> find(String address) {
        return Optional.ofNullable(places.get(address));
    }

    void remove(String address) {
        places.remove(address);
    }

    int count() {
        return places.size();
    }
}
