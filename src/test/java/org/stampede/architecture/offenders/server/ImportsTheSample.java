package org.stampede.architecture.offenders.server;

import org.stampede.architecture.offenders.stocks.ImportsTransport;

record ImportsTheSample(ImportsTransport sample) {}
