package org.stampede.architecture.offenders.session;

import java.util.concurrent.CompletableFuture;

class UsesTheCommonPool {
    CompletableFuture<Void> start(Runnable task) {
        return CompletableFuture.runAsync(task);
    }
}
