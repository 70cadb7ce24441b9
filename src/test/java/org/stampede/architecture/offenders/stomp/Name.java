package org.stampede.architecture.offenders.stomp;

/** Something for the offender in {@code destination} to import. */
public record Name(String text) {}
