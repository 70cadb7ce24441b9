package org.stampede.load;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Makes a connection within the machine like one over Ethernet. By itself its segments are so large that the kernel of the server
 * takes 3 MB off the hands of the server before it lets it wait; over a network it takes about 100 KiB. Stateless.
 */
final class Ethernet {

    private static final int LEVEL_TCP = 6;
    private static final int TCP_MAXSEG = 2;
    private static final int SEGMENT = 1448;

    private Ethernet() {}

    /**
     * Limits the segments of a channel that is not yet connected. Java has no name for that, hence the JVM needs
     * {@code --add-opens java.base/sun.nio.ch=ALL-UNNAMED}.
     */
    static void limit(SocketChannel channel) throws IOException {
        try {
            var descriptor = channel.getClass().getDeclaredMethod("getFD");
            descriptor.setAccessible(true);
            var option = Class.forName("sun.nio.ch.Net")
                    .getDeclaredMethod(
                            "setIntOption0",
                            FileDescriptor.class,
                            boolean.class,
                            int.class,
                            int.class,
                            int.class,
                            boolean.class);
            option.setAccessible(true);
            option.invoke(null, descriptor.invoke(channel), false, LEVEL_TCP, TCP_MAXSEG, SEGMENT, false);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IOException("The JVM does not let the segments of a connection be limited.", e);
        }
    }
}
