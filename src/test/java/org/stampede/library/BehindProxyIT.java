package org.stampede.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.library.AccessProbe.isNotLoggedIn;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stampede.library.accounts.Accounts;
import org.stampede.testing.RawHandshake;
import org.stampede.testing.StompSocket;

/** A server that takes a proxy at its word: browsers know it by another name, over TLS, and come from elsewhere. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BehindProxyIT {

    @Deployment(testable = false)
    static WebArchive chat() {
        return ChatArchive.withSettings(
                        "proxied.war",
                        "stampede.forwarded=trust",
                        "stampede.limit.connections-per-address=3",
                        "stampede.login.failures=2")
                .addPackage(Accounts.class.getPackage());
    }

    private final URI server =
            URI.create("ws://localhost:" + System.getProperty("stampede.http.port") + "/proxied/stomp");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://shop.example      | shop.example                | https       | true",
                "https://shop.example:444  | shop.example:444            | https       | true",
                "https://shop.example      | evil.example, shop.example  | https       | true",
                "http://shop.example       | shop.example                | http        | true",
                "http://shop.example       | shop.example                | https       | false",
                "https://evil.example      | shop.example                | https       | false",
                "https://evil.example      | evil.example, shop.example  | https       | false",
                "https://shop.example.evil | shop.example                | https       | false",
                "http://localhost:PORT     | shop.example                | https       | false",
                "null                      | shop.example                | https       | false"
            })
    void theOriginIsThatOfTheProxy(String origin, String host, String protocol, boolean allowed) {
        String port = String.valueOf(server.getPort());
        int status = RawHandshake.status(
                server,
                "localhost:" + port,
                "Origin: " + origin.replace("PORT", port),
                "X-Forwarded-Host: " + host,
                "X-Forwarded-Proto: " + protocol);
        assertThat(status).isIn(allowed ? List.of(101) : List.of(403, 404));
    }

    private StompSocket openFor(String address) {
        return StompSocket.openWith(forwarded(address), server);
    }

    private StompSocket connectFor(String address) {
        return StompSocket.connectWith(forwarded(address), server);
    }

    private static Map<String, String> forwarded(String address) {
        return Map.of("X-Forwarded-For", address);
    }

    @Test
    void connectionsAreCountedByWhereTheProxyGotThemFrom() {
        try (var one = connectFor("203.0.113.7");
                var two = connectFor("198.51.100.1, 203.0.113.7");
                var three = connectFor("203.0.113.7");
                var tooMany = openFor("198.51.100.2, 203.0.113.7");
                var other = connectFor("203.0.113.7, 203.0.113.8")) {
            assertThat(tooMany.next().bodyText()).contains("stampede.limit.connections-per-address");
            assertThat(tooMany.closeCode()).isEqualTo(1013);
            for (var client : List.of(one, two, three, other)) {
                assertThat(client.isSilentUpToReceipt("here")).isTrue();
            }
        }
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        try (var one = connectFor("2001:db8::1");
                var two = connectFor("2001:db8::2");
                var three = connectFor("2001:db8:0:0:ffff::3");
                var tooMany = openFor("2001:db8::4")) {
            assertThat(tooMany.closeCode()).isEqualTo(1013);
        }
    }

    private StompSocket guess(String address) {
        return openFor(address).text("CONNECT\naccept-version:1.2\npasscode:guess\n\n^@");
    }

    @Test
    void whoGuessesIsKnownByHisAddressAndNobodyElseSuffers() {
        for (int i = 0; i < 2; i++) {
            try (var guesser = guess("192.0.2." + i + ", 203.0.113.66")) {
                isNotLoggedIn(guesser);
            }
        }
        try (var guesser = guess("203.0.113.66");
                var other = guess("203.0.113.67")) {
            assertThat(guesser.next().header("message")).contains("Too many failed logins");
            isNotLoggedIn(other);
        }
    }
}
