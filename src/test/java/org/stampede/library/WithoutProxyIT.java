package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.testing.RawHandshake;
import org.stampede.testing.StompSocket;

/** A server as it is by default: what clients say in the name of a proxy is not heard. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class WithoutProxyIT {

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withSettings("direct.war", "stampede.limit.connections-per-address=3");
    }

    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/direct/stomp");

    @Test
    void nobodyHidesBehindInventedAddresses() {
        var clients = new ArrayList<StompSocket>();
        try {
            for (int i = 0; i < 3; i++) {
                clients.add(StompSocket.connectWith(invented(i), server));
            }
            var oneTooMany = StompSocket.openWith(invented(3), server);
            clients.add(oneTooMany);
            assertThat(oneTooMany.closeCode()).isEqualTo(1013);
        } finally {
            clients.forEach(StompSocket::close);
        }
    }

    private static Map<String, String> invented(int i) {
        return Map.of("X-Forwarded-For", "203.0.113." + i, "Forwarded", "for=x");
    }

    @Test
    void noPageIsAtHomeByAnInventedName() {
        String host = "localhost:" + server.getPort();
        String name = "X-Forwarded-Host: evil.example";
        String protocol = "X-Forwarded-Proto: https";
        assertThat(RawHandshake.status(server, host, name, protocol, "Origin: https://evil.example"))
                .isIn(403, 404);
        assertThat(RawHandshake.status(server, host, name, "Origin: http://" + host))
                .isEqualTo(101);
    }
}
