package org.stampede.library;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * On servers without MicroProfile Config, does what whoever starts the server would do: makes the configuration that the archive has for
 * it system properties, for as long as the application runs. Confined to its start and its end.
 */
@ApplicationScoped
public class PlainSettings {

    /** What the configuration is called in an archive. */
    static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    /** Kept, since at the end the archive may not be there any more. */
    private final Properties set = new Properties();

    void begin(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object start) throws IOException {
        if (!knowsMicroProfileConfig()) {
            try (InputStream in = PlainSettings.class.getClassLoader().getResourceAsStream(CONFIGURATION)) {
                set.load(in);
            }
            set.stringPropertyNames().forEach(name -> System.setProperty(name, set.getProperty(name)));
        }
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object end) {
        set.stringPropertyNames().forEach(System::clearProperty);
    }

    private static boolean knowsMicroProfileConfig() {
        try {
            Class.forName("org.eclipse.microprofile.config.ConfigProvider");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
