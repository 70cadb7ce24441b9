package org.stampede.architecture.offenders.session;

import org.stampede.architecture.offenders.broker.embedded.ImportsItsNeighbour;

/** The other half of the cycle. */
public interface Neighbour {
    ImportsItsNeighbour neighbour();
}
