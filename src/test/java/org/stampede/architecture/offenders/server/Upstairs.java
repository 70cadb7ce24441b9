package org.stampede.architecture.offenders.server;

/** Something for the offender in {@code transport} to import. */
public record Upstairs() {}
