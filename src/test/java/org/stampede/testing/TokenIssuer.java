package org.stampede.testing;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Makes tokens as an issuer of MicroProfile JWT does, with a key of its own. Immutable. */
public final class TokenIssuer {

    /** What issuers of the tests are called. */
    public static final String NAME = "https://issuer.example";

    private final KeyPair keys;
    private final String algorithm;

    private TokenIssuer(KeyPair keys, String algorithm) {
        this.keys = keys;
        this.algorithm = algorithm;
    }

    /** An issuer with a new RSA key, who signs by RS256. */
    public static TokenIssuer rsa() {
        return new TokenIssuer(newKeys("RSA", 2048), AlgorithmIdentifiers.RSA_USING_SHA256);
    }

    /** An issuer with a new key on the curve P-256, who signs by ES256. */
    public static TokenIssuer ec() {
        return new TokenIssuer(newKeys("EC", 256), AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    }

    private static KeyPair newKeys(String kind, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public PublicKey publicKey() {
        return keys.getPublic();
    }

    public PrivateKey privateKey() {
        return keys.getPrivate();
    }

    /** The public key in PEM. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** What {@link #token} says of a user. */
    public static Map<String, Object> claims(String user, long seconds, String... groups) {
        long now = System.currentTimeMillis() / 1_000;
        var claims = new HashMap<String, Object>(Map.of("iss", NAME, "upn", user, "groups", List.of(groups)));
        // Payara asks for the next two as well.
        claims.putAll(Map.of("sub", user, "jti", UUID.randomUUID().toString(), "iat", now, "exp", now + seconds));
        return claims;
    }

    /** A token for a user that is good for so long. */
    public String token(String user, long seconds, String... groups) {
        return token(claims(user, seconds, groups));
    }

    /** A token that says this. */
    public String token(Map<String, ?> claims) {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKey(privateKey());
        return signed(signature, claims);
    }

    /** A token as somebody prepares it. */
    public static String signed(JsonWebSignature signature, Map<String, ?> claims) {
        signature.setHeader("typ", "JWT");
        signature.setPayload(JsonUtil.toJson(Map.copyOf(claims)));
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
