/**
 * What applications import to say who may do what: {@link org.stampede.security.AccessRules}, and who is at the other end of a
 * session: {@link org.stampede.security.Peer}. Here things are decided; {@code org.stampede.session} enforces them. Imports
 * {@code destination} only.
 */
@NullMarked
package org.stampede.security;

import org.jspecify.annotations.NullMarked;
