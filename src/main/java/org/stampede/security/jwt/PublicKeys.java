package org.stampede.security.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * Reads public keys in the forms of MicroProfile JWT (2.1, section 9.2.2): PEM, and JSON Web Keys, one or a set, in Base64 or not. Throws
 * an {@link IllegalArgumentException} that says what a key must be. Stateless.
 */
final class PublicKeys {

    /** Nobody's key. */
    static final VerificationKeyResolver NONE = new JwksVerificationKeyResolver(List.of());

    private static final int MOST_OCTETS = 1 << 20;
    /** Somebody waits for the answer, and the connection may take only so long to log in. */
    private static final int PATIENCE_MILLIS = 5_000;
    /** Whoever guesses names of keys must not make us ask the issuer again and again. */
    private static final long LEAST_MILLIS_BETWEEN = 300_000;

    private PublicKeys() {}

    /** The key or keys of a text. */
    static VerificationKeyResolver of(String text) {
        String key = text.strip();
        if (key.startsWith("-----BEGIN PUBLIC KEY-----")) {
            PublicKey one = pem(key);
            return (jws, context) -> one;
        }
        return key.startsWith("{") ? json(key) : json(decoded(key));
    }

    /** The key or keys of a file, of a resource of the application, or the key set that an issuer publishes. */
    static VerificationKeyResolver at(String location) {
        return location.matches("https?:.*") ? published(location) : of(content(location));
    }

    /** Fetched when the first token comes; again when the answer has grown old, or a key is asked for that is not there. */
    private static VerificationKeyResolver published(String location) {
        var get = new Get();
        get.setConnectTimeout(PATIENCE_MILLIS);
        get.setReadTimeout(PATIENCE_MILLIS);
        get.setRetries(1);
        get.setResponseBodySizeLimit(MOST_OCTETS);
        var keys = new HttpsJwks(location);
        keys.setSimpleHttpGet(get);
        keys.setRefreshReprieveThreshold(LEAST_MILLIS_BETWEEN);
        return new HttpsJwksVerificationKeyResolver(keys);
    }

    private static String content(String location) {
        try (InputStream in = url(location).openStream()) {
            return new String(in.readNBytes(MOST_OCTETS), UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be an https: or file: URL, or the name of a resource, that can be read", e);
        }
    }

    private static URL url(String location) throws IOException {
        if (location.startsWith("file:")) {
            return URI.create(location).toURL();
        }
        URL resource = Thread.currentThread()
                .getContextClassLoader()
                .getResource(location.replaceFirst("^(classpath:)?/?", ""));
        return Optional.ofNullable(resource)
                .orElseThrow(() -> new IllegalArgumentException("There is no such resource."));
    }

    private static VerificationKeyResolver json(String text) {
        try {
            var keys =
                    new JsonWebKeySet(text.contains("\"keys\"") ? text : "{\"keys\":[" + text + "]}").getJsonWebKeys();
            if (keys.size() == 1
                    && keys.get(0).getKeyId() == null
                    && keys.get(0).getKey() instanceof PublicKey one) {
                return (jws, context) -> one;
            }
            if (keys.isEmpty()) {
                throw malformed(new JoseException("There is no key that is known."));
            }
            return new JwksVerificationKeyResolver(keys);
        } catch (JoseException e) {
            throw malformed(e);
        }
    }

    private static String decoded(String text) {
        try {
            return new String(
                    Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_')), UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static PublicKey pem(String text) {
        try {
            var encoded = new X509EncodedKeySpec(
                    Base64.getMimeDecoder().decode(text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "")));
            try {
                return KeyFactory.getInstance("RSA").generatePublic(encoded);
            } catch (InvalidKeySpecException e) {
                return KeyFactory.getInstance("EC").generatePublic(encoded);
            }
        } catch (InvalidKeySpecException | NoSuchAlgorithmException | IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static IllegalArgumentException malformed(Exception cause) {
        return new IllegalArgumentException("must be a public key in PEM, or as JWK or JWKS", cause);
    }
}
