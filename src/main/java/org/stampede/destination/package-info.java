/**
 * The names of places: how the destinations of STOMP are divided into parts, matched by patterns, and made private to a
 * session. Pure functions of text; what stands behind a destination is the business of {@code org.stampede.broker} and
 * {@code org.stampede.dispatch}. This package imports {@code java.*} only.
 */
@NullMarked
package org.stampede.destination;

import org.jspecify.annotations.NullMarked;
