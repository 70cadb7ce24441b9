package org.stampede.server;

import org.stampede.dispatch.LoginLimits;

/**
 * Who is let in, beside the access rules of the application. Immutable.
 *
 * @param open    whether everybody may do everything, whatever the rules say
 * @param logins  against those who guess
 * @param origins from which web sites browsers may connect
 * @param proxied whether a proxy tells, by {@code X-Forwarded-*}, who a connection comes from
 * @param csrf    against other sites that use the cookies of a user
 * @param addressConnections at most so many from one address
 */
public record SecuritySettings(
        boolean open,
        LoginLimits logins,
        Origins origins,
        boolean proxied,
        CsrfSettings csrf,
        int addressConnections) {}
