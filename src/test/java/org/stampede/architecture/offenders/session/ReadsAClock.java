package org.stampede.architecture.offenders.session;

class ReadsAClock {
    long now() {
        return System.nanoTime();
    }
}
