package org.stampede.architecture.offenders.broker.embedded;

import io.netty.channel.Channel;

record ImportsNetty(Channel channel) {}
