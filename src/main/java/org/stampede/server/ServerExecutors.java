package org.stampede.server;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The default executors of Jakarta Concurrency (3.0, sections 3.1.4, 3.2.4, 3.3.5 and 3.4.4). Looked up by name, since Payara does not inject
 * resources into the beans of a library in {@code WEB-INF/lib}. Stateless.
 */
@ApplicationScoped
public class ServerExecutors {

    /** Where tasks run that take their time. */
    public ManagedExecutorService executor() {
        return lookup("java:comp/DefaultManagedExecutorService");
    }

    /** Where the ticker runs. */
    public ManagedScheduledExecutorService scheduler() {
        return lookup("java:comp/DefaultManagedScheduledExecutorService");
    }

    /** Makes threads that last as long as the application. */
    public ManagedThreadFactory threads() {
        return lookup("java:comp/DefaultManagedThreadFactory");
    }

    /**
     * Where the tasks of sessions run, as if the one that calls this had brought them.
     *
     * @param most how many threads there may be
     * @return to be shut down by the caller
     */
    public ExecutorService sessions(int most) {
        ManagedThreadFactory factory = threads();
        ContextService contexts = contexts();
        Executor context = contexts.currentContextExecutor();
        ThreadFactory withContext = work -> {
            var thread = new CompletableFuture<Thread>();
            // Captured anew for each thread: what Payara keeps of a context is not for two threads at once.
            context.execute(() -> {
                Executor own = contexts.currentContextExecutor();
                thread.complete(factory.newThread(() -> own.execute(work)));
            });
            return thread.join();
        };
        return new SessionThreads(withContext, most, ServerTransactions.leftovers());
    }

    /**
     * Runs tasks on threads of the server as if the one that calls this had brought them: by itself a task knows as much of the
     * application as the thread that brings it, which may be nothing.
     */
    public Executor asThisThread() {
        var executor = executor();
        ContextService contexts = contexts();
        Executor context = contexts.currentContextExecutor();
        return task -> executor.execute(() -> context.execute(task));
    }

    private static ContextService contexts() {
        return lookup("java:comp/DefaultContextService");
    }

    @SuppressWarnings({"BanJNDI", "TypeParameterUnusedInFormals"}) // The names are ours, not a user's.
    private static <T> T lookup(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException("The server does not offer " + name + ".", e);
        }
    }
}
