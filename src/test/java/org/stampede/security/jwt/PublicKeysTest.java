package org.stampede.security.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.security.AccessDeniedException;
import org.stampede.security.Credentials;
import org.stampede.security.Peer;
import org.stampede.testing.TokenIssuer;

/** Public keys in all forms and places of MicroProfile JWT. */
class PublicKeysTest {

    private static final TokenIssuer RSA = TokenIssuer.rsa();
    private static final TokenIssuer EC = TokenIssuer.ec();

    private static JwtAuthenticator by(String key, String value) {
        var keys = Map.of(key, value, "mp.jwt.verify.issuer", TokenIssuer.NAME);
        return JwtAuthenticator.of(name -> Optional.ofNullable(keys.get(name)));
    }

    private static boolean takes(JwtAuthenticator authenticator, String token) {
        var credentials = new Credentials(
                new Peer("s", Optional.empty()), name -> Optional.of(token).filter(value -> name.equals("passcode")));
        try {
            return authenticator
                    .authenticate(credentials)
                    .toCompletableFuture()
                    .join()
                    .isPresent();
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    private static String jwk(TokenIssuer issuer, String id) {
        try {
            var key = JsonWebKey.Factory.newJwk(issuer.publicKey());
            if (!id.isEmpty()) {
                key.setKeyId(id);
            }
            return key.toJson();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private static String tokenBy(TokenIssuer issuer, String keyId) {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("RS256");
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(issuer.privateKey());
        return TokenIssuer.signed(signature, TokenIssuer.claims("ann", 60));
    }

    static String[] formsOfTheRsaKey() {
        return new String[] {
            RSA.pem(),
            jwk(RSA, ""),
            jwk(RSA, "1"),
            set(jwk(EC, "2"), jwk(RSA, "1")),
            Base64.getEncoder().encodeToString(jwk(RSA, "").getBytes(UTF_8)),
            Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(set(jwk(RSA, "1")).getBytes(UTF_8))
        };
    }

    @ParameterizedTest
    @MethodSource("formsOfTheRsaKey")
    void aKeyHasManyForms(String form) {
        var authenticator = by("mp.jwt.verify.publickey", form);
        assertThat(takes(authenticator, RSA.token("ann", 60))).isTrue();
        assertThat(takes(authenticator, tokenBy(RSA, "1"))).isTrue();
        assertThat(takes(authenticator, TokenIssuer.rsa().token("ann", 60))).isFalse();
    }

    @Test
    void keysOfEllipticCurvesToo() {
        for (String form : new String[] {EC.pem(), jwk(EC, "")}) {
            var authenticator = by("mp.jwt.verify.publickey", form);
            assertThat(takes(authenticator, EC.token("ann", 60))).isTrue();
            assertThat(takes(authenticator, RSA.token("ann", 60))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "{}",
                "{\"keys\":[]}",
                "{\"kty\":\"oct\"}",
                "{\"keys\":",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n!\n"
            })
    void whatIsNoKeyStopsTheDeployment(String text) {
        assertThatThrownBy(() -> by("mp.jwt.verify.publickey", text))
                .hasMessageContaining("mp.jwt.verify.publickey must be a public key in PEM, or as JWK or JWKS");
    }

    @Test
    void aKeyMayBeInAFileOrInTheApplication(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("key.pem");
        Files.writeString(file, RSA.pem());
        assertThat(takes(by("mp.jwt.verify.publickey.location", file.toUri().toString()), RSA.token("ann", 60)))
                .isTrue();
        for (String nowhere : new String[] {"nowhere.pem", "/META-INF/nowhere.pem", "file:/nowhere.pem", "ftp://x/y"}) {
            assertThatThrownBy(() -> by("mp.jwt.verify.publickey.location", nowhere))
                    .hasMessageContaining(
                            "mp.jwt.verify.publickey.location must be an https: or file: URL, or the name of"
                                    + " a resource, that can be read");
        }
        // A resource that is there, and is no key.
        for (String resource : new String[] {"/META-INF/LICENSE", "classpath:META-INF/LICENSE", "META-INF/LICENSE"}) {
            assertThatThrownBy(() -> by("mp.jwt.verify.publickey.location", resource))
                    .hasMessageContaining("must be a public key in PEM");
        }
    }

    @Test
    void anIssuersKeysAreFetchedOnceAndThoseNobodyHasNotAgainAndAgain() throws IOException {
        var asked = new AtomicInteger();
        var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] keys = set(jwk(RSA, "1"), jwk(EC, "2")).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        try {
            var authenticator = by(
                    "mp.jwt.verify.publickey.location",
                    "http://localhost:" + issuer.getAddress().getPort() + "/keys");
            assertThat(asked).as("nobody has come yet").hasValue(0);
            assertThat(takes(authenticator, tokenBy(RSA, "1"))).isTrue();
            assertThat(takes(authenticator, EC.token("ann", 60))).isTrue();
            for (int guess = 0; guess < 20; guess++) {
                assertThat(takes(authenticator, tokenBy(RSA, "guess" + guess))).isFalse();
            }
            assertThat(asked).hasValue(1);
        } finally {
            issuer.stop(0);
        }
        assertThat(takes(by("mp.jwt.verify.publickey.location", "http://localhost:1/keys"), tokenBy(RSA, "1")))
                .isFalse();
    }
}
