package org.stampede.load;

import java.util.List;

/** A process with one contender or two in it. */
interface Host extends AutoCloseable {

    List<Contender> contenders();

    @Override
    void close();
}
