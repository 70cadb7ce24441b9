package org.stampede.dispatch;

import java.time.Duration;

/**
 * Against those who guess. Immutable.
 *
 * @param failures how many failed logins of an address are answered within the window; then it is told to come later
 * @param window   how long a failed login counts
 * @param delay    how long who failed waits for the answer
 */
public record LoginLimits(int failures, Duration window, Duration delay) {

    /** The settings that hold them. */
    public static final String FAILURES = "stampede.login.failures";

    public static final String WINDOW = "stampede.login.window";
    public static final String DELAY = "stampede.login.delay";
}
