package org.stampede.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands each TCP connection to the first of some servers that takes it; one whose connection has ended is asked last from then on.
 * Thread-safe.
 */
public final class LoadBalancer implements AutoCloseable {

    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private final Deque<Integer> servers;

    /** @param ports of the servers on this machine, the preferred one first */
    public LoadBalancer(Integer... ports) throws IOException {
        servers = new ArrayDeque<>(List.of(ports));
        listening = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        start(this::accept);
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "load-balancer");
        thread.setDaemon(true);
        thread.start();
    }

    /** The endpoint of an application, as clients see it. */
    public URI endpoint(String context) {
        return URI.create("ws://localhost:" + listening.getLocalPort() + context + "stomp");
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                sockets.add(client);
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        for (int port : order()) {
            try {
                var server = new Socket("localhost", port);
                sockets.add(server);
                start(() -> pump(client, server));
                pump(server, client);
                last(port);
                return;
            } catch (IOException e) {
                last(port);
            }
        }
        close(client);
    }

    private synchronized List<Integer> order() {
        return List.copyOf(servers);
    }

    private synchronized void last(int port) {
        servers.remove(port);
        servers.addLast(port);
    }

    /** Until one end closes; then both are closed. */
    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // It is the end in any case.
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        List.copyOf(sockets).forEach(this::close);
    }
}
