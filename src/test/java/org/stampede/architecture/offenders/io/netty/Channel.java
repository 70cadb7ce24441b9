package org.stampede.architecture.offenders.io.netty;

/** Stands in for Netty. */
public interface Channel {}
