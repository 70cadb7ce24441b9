package org.stampede.architecture.offenders.destination;

import org.stampede.architecture.offenders.stomp.Name;

record ImportsStomp(Name name) {}
