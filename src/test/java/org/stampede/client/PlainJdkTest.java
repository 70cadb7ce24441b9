package org.stampede.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/**
 * Payloads on a class path with nothing on it but the client, in milliseconds; {@link StompClientIT} runs a whole program ({@link
 * PlainJdkProgram}) in such a JDK.
 */
class PlainJdkTest {

    @Test
    void textAndOctetsNeedNoJsonBinding() throws Exception {
        URL classes = StompClient.class.getProtectionDomain().getCodeSource().getLocation();
        try (var bare = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = bare.loadClass("org.stampede.client.Payloads");
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object payloads = constructor.newInstance();
            Method write = type.getDeclaredMethod("write", Object.class);
            write.setAccessible(true);
            assertThat(write.invoke(payloads, "text")).asString().contains("text/plain");
            assertThat(write.invoke(payloads, new byte[1])).asString().contains("octet-stream");
            assertThatThrownBy(() -> write.invoke(payloads, 42))
                    .hasRootCauseInstanceOf(ClassNotFoundException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Jakarta JSON Binding");
        }
    }
}
