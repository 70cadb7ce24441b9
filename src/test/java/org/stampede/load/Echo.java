package org.stampede.load;

/**
 * What is sent back as it came.
 *
 * @param t    when it was sent
 * @param text the rest
 */
public record Echo(long t, String text) {}
