package org.stampede.architecture.offenders.broker.embedded;

import org.stampede.architecture.offenders.io.netty.Channel;

record ImportsNetty(Channel channel) {}
