package org.stampede.architecture.offenders.session;

class StartsAThread {
    void start(Runnable task) {
        new Thread(task).start();
    }
}
