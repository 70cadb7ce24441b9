package org.stampede.architecture.offenders.stocks;

import org.stampede.architecture.offenders.transport.ImportsServer;

public record ImportsTransport(ImportsServer transport) {}
