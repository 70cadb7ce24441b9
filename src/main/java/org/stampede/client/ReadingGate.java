package org.stampede.client;

import java.util.Optional;

/** Lets a session read on while every subscription has room for messages. Thread-safe. */
final class ReadingGate {

    // Guarded by this.
    private int full;
    /** The read that is due when there is room again. */
    private Optional<Runnable> due = Optional.empty();

    /** A read was handled: reads on, now or when there is room. */
    void next(Runnable read) {
        synchronized (this) {
            if (full > 0) {
                due = Optional.of(read);
                return;
            }
        }
        read.run();
    }

    /** A subscription has no more room. */
    synchronized void full() {
        full++;
    }

    /** A subscription has room again. */
    void room() {
        Optional<Runnable> read = Optional.empty();
        synchronized (this) {
            full--;
            if (full <= 0) {
                read = due;
                due = Optional.empty();
            }
        }
        read.ifPresent(Runnable::run);
    }

    /** Whether nothing is read at the moment. */
    synchronized boolean isShut() {
        return full > 0;
    }
}
