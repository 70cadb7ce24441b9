package org.stampede.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine. Stateless. */
public final class Ports {

    /** Below those that the system gives to clients: one of them would keep a server from starting, or from starting again. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private Ports() {}

    /** A port that nobody listens on, for now. */
    public static int free() {
        int port = random();
        while (!isFree(port)) {
            port = random();
        }
        return port;
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(FIRST, LAST);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
