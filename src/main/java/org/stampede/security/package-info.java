/**
 * Who is at the other end of a session. Access rules and authenticators will live here; what they decide is enforced by
 * {@code org.stampede.session}. Imports no other package of Stampede.
 */
@NullMarked
package org.stampede.security;

import org.jspecify.annotations.NullMarked;
