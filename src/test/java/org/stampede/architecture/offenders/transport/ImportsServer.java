package org.stampede.architecture.offenders.transport;

import org.stampede.architecture.offenders.server.Upstairs;

public record ImportsServer(Upstairs server) {}
