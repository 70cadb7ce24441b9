/**
 * The vocabulary of STOMP 1.0, 1.1 and 1.2 and its codec: frames in and out of octets, without I/O, threads or clock.
 *
 * <p>Here lives what the specification says of a single frame; what frames mean to one another is the business of
 * {@code org.stampede.session}. This package imports {@code java.*} only.
 *
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html">STOMP 1.2</a>
 */
@NullMarked
package org.stampede.stomp;

import org.jspecify.annotations.NullMarked;
