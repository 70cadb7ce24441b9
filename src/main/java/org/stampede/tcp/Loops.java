package org.stampede.tcp;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The threads of connections. Stateless. */
final class Loops {

    /** How long the end of the threads is awaited. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Loops() {}

    /** Closes all connections of some threads and waits, for a few seconds, until the threads have ended. */
    static void end(EventLoopGroup loops) {
        try {
            loops.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            // Netty tells of the end by a thread of its own, which lingers for a second and holds the application's
            // classes.
            GlobalEventExecutor.INSTANCE.awaitInactivity(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // That thread was never needed.
        }
    }
}
