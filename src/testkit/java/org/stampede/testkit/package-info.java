/**
 * Tests handlers without a server: a JUnit extension that deploys beans on Weld SE behind real sessions and the broker in
 * memory, clients that send and expect frames, and time that stands still until a test moves it. All of it happens on the
 * thread of the test.
 *
 * <p>Here lives what developers of applications use in their tests; nothing that a server runs. It is an artifact of its
 * own, {@code org.stampede:stampede-testkit}, and part neither of the WAR nor of the library jar.
 */
@NullMarked
package org.stampede.testkit;

import org.jspecify.annotations.NullMarked;
