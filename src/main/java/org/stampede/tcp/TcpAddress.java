package org.stampede.tcp;

/**
 * Where a server listens. Immutable.
 *
 * @param host a name, or an IP address without brackets
 * @param port from 1 to 65535
 */
public record TcpAddress(String host, int port) {

    private static final int MOST = 65_535;

    /** Checks both parts. */
    public TcpAddress {
        if (host.isBlank() || port < 1 || port > MOST) {
            throw new IllegalArgumentException("An address needs a host, and a port from 1 to " + MOST + ".");
        }
    }

    /**
     * Reads {@code host:port}, where the host may be an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static TcpAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.indexOf(':') >= 0 && !bracketed) {
            throw new IllegalArgumentException("An IPv6 address needs brackets.");
        }
        // NumberFormatException is an IllegalArgumentException.
        int port = Integer.parseInt(text.substring(colon + 1));
        return new TcpAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
