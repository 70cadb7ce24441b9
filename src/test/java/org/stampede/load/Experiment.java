package org.stampede.load;

import java.io.IOException;

/** Something that is done to each contender that can have it done, in rounds. */
interface Experiment {

    /** Whether a contender can have it done. */
    boolean suits(Contender contender);

    /**
     * Does it once.
     *
     * @param nanos how long each load lasts
     * @param notes what is told of each
     */
    void measure(Contender contender, long nanos, Notes notes) throws IOException;

    /** Who is told. */
    @FunctionalInterface
    interface Notes {

        /** Nobody, since it is done only to warm up. */
        Notes NONE = measurement -> {};

        void note(Measurement measurement) throws IOException;
    }
}
