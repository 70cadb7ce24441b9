/**
 * How fast we are, beside others: JMH benchmarks of the parts. They run by a command of their own, which {@code
 * docs/performance.md} tells, and are only compiled with the tests.
 */
@NullMarked
package org.stampede.benchmark;

import org.jspecify.annotations.NullMarked;
