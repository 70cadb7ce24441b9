package org.stampede.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where settings come from, on servers with and without MicroProfile Config. */
class SettingsSourceTest {

    @AfterEach
    void forget() {
        ConfigProviderResolver.setInstance(null);
        System.clearProperty("stampede.test");
        System.clearProperty("path");
    }

    @Test
    void withoutAnImplementationOfMicroProfileConfigThereAreSystemProperties() {
        System.setProperty("stampede.test", "7");
        assertThat(SettingsSource.ofServer().apply("stampede.test")).hasValue("7");
        assertThat(SettingsSource.ofServer().apply("stampede.none")).isEmpty();
    }

    @Test
    void anEnvironmentVariableIsWrittenInCapitals() {
        assertThat(SettingsSource.plainValue("path")).hasValue(System.getenv("PATH"));
        System.setProperty("path", "property");
        assertThat(SettingsSource.plainValue("path"))
                .as("system properties first")
                .hasValue("property");
    }

    @Test
    void microProfileConfigIsAskedWhereItIs() {
        System.setProperty("stampede.test", "7");
        ConfigProviderResolver.setInstance(new FixedResolver(new FixedConfig(Map.of("stampede.test", "8"))));
        assertThat(SettingsSource.ofServer().apply("stampede.test")).hasValue("8");
        assertThat(SettingsSource.ofServer().apply("stampede.none")).isEmpty();
    }

    @Test
    void withoutTheClassesOfMicroProfileConfigNothingBreaks() throws Exception {
        System.setProperty("stampede.test", "7");
        Class<?> source = new WithoutMicroProfile().loadClass(SettingsSource.class.getName());
        assertThat(source).isNotEqualTo(SettingsSource.class);
        Method ofServer = source.getDeclaredMethod("ofServer");
        ofServer.setAccessible(true);
        @SuppressWarnings("unchecked") // Its declared type.
        var values = (Function<String, Optional<String>>) ofServer.invoke(null);
        assertThat(values.apply("stampede.test")).hasValue("7");
    }

    /** Has the classes of this package anew, and those of MicroProfile not at all, like a server of the Web Profile. */
    private static final class WithoutMicroProfile extends ClassLoader {

        WithoutMicroProfile() {
            super(SettingsSource.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.eclipse.microprofile.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(SettingsSource.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] octets = in.readAllBytes();
                return defineClass(name, octets, 0, octets.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static final class FixedResolver extends ConfigProviderResolver {

        private final Config config;

        FixedResolver(Config config) {
            this.config = config;
        }

        @Override
        public Config getConfig() {
            return config;
        }

        @Override
        public Config getConfig(ClassLoader loader) {
            return config;
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerConfig(Config newConfig, ClassLoader loader) {}

        @Override
        public void releaseConfig(Config oldConfig) {}
    }

    private record FixedConfig(Map<String, String> values) implements Config {

        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            return Optional.ofNullable(values.get(name)).map(type::cast);
        }

        @Override
        public <T> T getValue(String name, Class<T> type) {
            return getOptionalValue(name, type).orElseThrow();
        }

        @Override
        public ConfigValue getConfigValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public Iterable<ConfigSource> getConfigSources() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Optional<Converter<T>> getConverter(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
