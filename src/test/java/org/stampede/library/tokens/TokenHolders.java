package org.stampede.library.tokens;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.stampede.security.Authenticator;
import org.stampede.security.jwt.JwtAuthenticator;

/** Those who have tokens by MicroProfile JWT, whether the server has that or not. Stateless. */
@ApplicationScoped
public class TokenHolders {

    private static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    @Produces
    @Singleton
    Authenticator tokens() throws IOException {
        if (!knowsMicroProfileConfig()) {
            setSystemProperties();
        }
        return JwtAuthenticator.configured();
    }

    private static boolean knowsMicroProfileConfig() {
        try {
            Class.forName("org.eclipse.microprofile.config.ConfigProvider");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** What whoever starts the server would do. */
    private static void setSystemProperties() throws IOException {
        var properties = new Properties();
        try (InputStream in = TokenHolders.class.getClassLoader().getResourceAsStream(CONFIGURATION)) {
            properties.load(in);
        }
        properties.stringPropertyNames().forEach(name -> System.setProperty(name, properties.getProperty(name)));
    }
}
