package org.stampede.architecture.offenders.messaging;

import org.stampede.architecture.offenders.transport.ImportsServer;

record ImportsTransport(ImportsServer transport) {}
