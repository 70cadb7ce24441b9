package org.stampede.server;

/**
 * Who is let in, beside the access rules of the application. Immutable.
 *
 * @param open whether everybody may do everything, whatever the rules say
 */
public record SecuritySettings(boolean open) {}
