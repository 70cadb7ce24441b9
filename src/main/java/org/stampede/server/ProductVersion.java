package org.stampede.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of Stampede this is, as the build noted. Stateless. */
final class ProductVersion {

    private ProductVersion() {}

    /** The {@code server} header of CONNECTED: a name, a slash, a version (STOMP 1.2, section CONNECTED Frame). */
    static String serverHeader() {
        var properties = new Properties();
        try (var in = ProductVersion.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "Stampede/" + properties.getProperty("version", "unknown");
    }
}
