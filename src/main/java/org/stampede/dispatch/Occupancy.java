package org.stampede.dispatch;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Notes who is in which place, and tells when the first comes and when the last goes: each once, in order, one at a time for
 * each place, outside the lock. Whoever causes a change tells it, unless another thread is telling of that place: then it is left to
 * that one. Thread-safe.
 *
 * @param <P> what places are, by equality
 */
final class Occupancy<P> {

    /** So many changes of a place may wait to be told; one more cancels out with the last, which is its reverse. */
    static final int MOST_WAITING = 64;

    private static final class Place {
        private final Set<String> occupants = new HashSet<>();
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private boolean telling;
    }

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by lock, with all that is in them; none that is empty and has nothing to tell. */
    private final Map<P, Place> places = new HashMap<>();

    /**
     * Somebody comes. Without effect if he is there.
     *
     * @param first called if nobody else is; must not throw
     */
    void enter(P where, String who, Runnable first) {
        boolean tell;
        lock.lock();
        try {
            var place = places.computeIfAbsent(where, key -> new Place());
            boolean change = place.occupants.add(who) && place.occupants.size() == 1;
            tell = change && addWaiting(place, first);
        } finally {
            lock.unlock();
        }
        if (tell) {
            tell(where);
        }
    }

    /**
     * Somebody goes. Without effect if he is not there.
     *
     * @param last called if nobody is left; must not throw
     */
    void leave(P where, String who, Runnable last) {
        boolean tell;
        lock.lock();
        try {
            var place = places.get(where);
            boolean change = place != null && place.occupants.remove(who) && place.occupants.isEmpty();
            tell = change && place != null && addWaiting(place, last);
        } finally {
            lock.unlock();
        }
        if (tell) {
            tell(where);
        }
    }

    /** Returns whether the caller is to tell. */
    private static boolean addWaiting(Place place, Runnable change) {
        if (place.waiting.size() >= MOST_WAITING) {
            place.waiting.removeLast();
        } else {
            place.waiting.add(change);
        }
        boolean tell = !place.telling;
        place.telling = true;
        return tell;
    }

    private void tell(P where) {
        Runnable change = next(where);
        while (change != null) {
            change.run();
            change = next(where);
        }
    }

    private @Nullable Runnable next(P where) {
        lock.lock();
        try {
            var place = places.get(where);
            if (place == null) {
                return null;
            }
            Runnable change = place.waiting.poll();
            place.telling = change != null;
            if (change == null && place.occupants.isEmpty()) {
                places.remove(where);
            }
            return change;
        } finally {
            lock.unlock();
        }
    }

    /** How many places are remembered. */
    int size() {
        lock.lock();
        try {
            return places.size();
        } finally {
            lock.unlock();
        }
    }
}
