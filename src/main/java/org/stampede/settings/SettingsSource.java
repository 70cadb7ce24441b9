package org.stampede.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Where settings come from: MicroProfile Config where the server has it; elsewhere system properties, then environment
 * variables, in which a name such as {@code stampede.limit.body} reads {@code STAMPEDE_LIMIT_BODY}. Stateless.
 */
public final class SettingsSource {

    private SettingsSource() {}

    /** Name to value, empty where nothing is set. */
    public static Function<String, Optional<String>> ofServer() {
        try {
            Class.forName("org.eclipse.microprofile.config.ConfigProvider");
            return MicroProfile.source();
        } catch (ClassNotFoundException | IllegalStateException e) {
            // The server has no MicroProfile Config, or its interfaces only.
            return SettingsSource::plainValue;
        }
    }

    static Optional<String> plainValue(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(
                        System.getenv(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))));
    }

    /** Apart, so that it is loaded only where its imports are. */
    private static final class MicroProfile {

        static Function<String, Optional<String>> source() {
            Config config = ConfigProvider.getConfig();
            return name -> config.getOptionalValue(name, String.class);
        }
    }
}
