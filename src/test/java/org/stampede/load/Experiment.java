package org.stampede.load;

import java.io.IOException;

/** Something that is done to each contender that can have it done. */
@FunctionalInterface
interface Experiment {

    void measure(Contender contender, Results results) throws IOException;
}
