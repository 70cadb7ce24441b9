/**
 * A server as a process of its own, which a test may start, stop, kill, freeze, and deploy to while it runs: Payara Micro,
 * WildFly or Open Liberty, as the build says by the system property {@code stampede.server}. It imports nothing of Stampede.
 */
@NullMarked
package org.stampede.testing.server;

import org.jspecify.annotations.NullMarked;
