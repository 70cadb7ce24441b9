package org.stampede.architecture.offenders.broker.embedded;

import org.stampede.architecture.offenders.session.Neighbour;

public record ImportsItsNeighbour(Neighbour neighbour) {}
