/**
 * Who somebody is by a JSON Web Token, after the rules of MicroProfile JWT: {@link org.stampede.security.jwt.JwtAuthenticator}. Apart,
 * since it alone needs jose4j, which the application brings that uses it. Imports {@code security} and {@code settings}.
 */
@NullMarked
package org.stampede.security.jwt;

import org.jspecify.annotations.NullMarked;
