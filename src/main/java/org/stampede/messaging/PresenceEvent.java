package org.stampede.messaging;

/**
 * A user came or went; qualified by {@link Online} or {@link Offline}. Those who are not logged in are nobody, and not told
 * of. Immutable.
 *
 * @param user the name of the user
 */
public record PresenceEvent(String user) {}
