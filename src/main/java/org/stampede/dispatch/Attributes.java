package org.stampede.dispatch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stampede.messaging.SessionAttributes;

/** The attributes of one session, in memory. Thread-safe: guarded by its own monitor. */
final class Attributes implements SessionAttributes {

    static final int MOST_ENTRIES = 100;

    private final Map<String, Object> values = new HashMap<>(0);

    @Override
    public synchronized <T> Optional<T> get(String name, Class<T> type) {
        return Optional.ofNullable(values.get(name)).map(type::cast);
    }

    @Override
    public synchronized void put(String name, Object value) {
        if (values.size() >= MOST_ENTRIES && !values.containsKey(name)) {
            throw new IllegalStateException("A session has at most " + MOST_ENTRIES + " attributes.");
        }
        values.put(name, value);
    }

    @Override
    public synchronized void remove(String name) {
        values.remove(name);
    }

    @Override
    public synchronized Set<String> names() {
        return Set.copyOf(values.keySet());
    }
}
