/**
 * How much a server does with its processor: one publisher, many subscribers, beside a bare endpoint on the same server and beside
 * other brokers. Runs by a command of its own, which {@code docs/performance.md} tells, and is only compiled with the tests.
 */
@NullMarked
package org.stampede.load;

import org.jspecify.annotations.NullMarked;
