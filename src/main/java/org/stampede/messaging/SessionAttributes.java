package org.stampede.messaging;

import java.util.Optional;
import java.util.Set;

/**
 * What handlers keep about a session between its messages, gone with the session. Bounded in entries, since it is often a
 * client that makes it grow. Thread-safe.
 */
public interface SessionAttributes {

    /**
     * An attribute.
     *
     * @param name its name
     * @param type its type
     * @param <T>  its type
     * @return the value, empty if there is none
     * @throws ClassCastException if the value is not of the type
     */
    <T> Optional<T> get(String name, Class<T> type);

    /**
     * Sets an attribute.
     *
     * @param name  its name
     * @param value its value, which takes the place of an earlier one
     * @throws IllegalStateException if the session has 100 other attributes already
     */
    void put(String name, Object value);

    /**
     * Removes an attribute, if there is such a one.
     *
     * @param name its name
     */
    void remove(String name);

    /**
     * The names of all attributes.
     *
     * @return a copy
     */
    Set<String> names();
}
