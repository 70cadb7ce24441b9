package org.stampede.security.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.security.AccessDeniedException;
import org.stampede.security.Credentials;
import org.stampede.security.Identity;
import org.stampede.security.Peer;
import org.stampede.testing.TokenIssuer;

/** Who a token says that somebody is, and which tokens say nothing. */
class JwtAuthenticatorTest {

    private static final TokenIssuer ISSUER = TokenIssuer.rsa();

    private final Map<String, String> keys =
            new HashMap<>(Map.of("mp.jwt.verify.publickey", ISSUER.pem(), "mp.jwt.verify.issuer", TokenIssuer.NAME));

    @AfterEach
    void forget() {
        keys.keySet().forEach(System::clearProperty);
    }

    private JwtAuthenticator authenticator() {
        return JwtAuthenticator.of(key -> Optional.ofNullable(keys.get(key)));
    }

    private static Credentials bearer(String token) {
        return new Credentials(
                new Peer("s", Optional.empty()),
                name -> Optional.of(token).map("Bearer "::concat).filter(value -> name.equals("Authorization")));
    }

    private Identity identity(String token) {
        return authenticator()
                .authenticate(bearer(token))
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> authenticator().authenticate(bearer(token)))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage("The token is not valid.")
                .hasNoCause();
    }

    private static Map<String, Object> claims(Consumer<Map<String, Object>> change) {
        var claims = new HashMap<>(TokenIssuer.claims("ann", 60, "trader"));
        change.accept(claims);
        return claims;
    }

    private void assertRefused(Consumer<Map<String, Object>> change) {
        assertRefused(ISSUER.token(claims(change)));
    }

    private static long secondsFromNow(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    @Test
    void aTokenTellsNameRolesAndEnd() {
        Identity ann = identity(ISSUER.token("ann", 60, "trader", "chief", "trader"));
        assertThat(ann.user().getName()).isEqualTo("ann");
        assertThat(ann.roles()).containsExactlyInAnyOrder("trader", "chief");
        assertThat(ann.expires().orElseThrow())
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(60));
    }

    @Test
    void thePasscodeMayBeTheToken() {
        String token = ISSUER.token("ann", 60);
        var credentials = new Credentials(
                new Peer("s", Optional.empty()), name -> Optional.of(token).filter(value -> name.equals("passcode")));
        assertThat(authenticator()
                        .authenticate(credentials)
                        .toCompletableFuture()
                        .join())
                .isPresent();
    }

    @Test
    void whoHasNoTokenIsForOthersToJudge() {
        var nothing = new Credentials(new Peer("s", Optional.empty()), name -> Optional.empty());
        assertThat(authenticator().authenticate(nothing).toCompletableFuture().join())
                .isEmpty();
    }

    @Test
    void theNameIsTheFirstOfThreeClaims() {
        var claims = claims(all -> all.putAll(Map.of("preferred_username", "annie", "sub", "4711")));
        assertThat(identity(ISSUER.token(claims)).user().getName()).isEqualTo("ann");
        claims.remove("upn");
        assertThat(identity(ISSUER.token(claims)).user().getName()).isEqualTo("annie");
        claims.remove("preferred_username");
        assertThat(identity(ISSUER.token(claims)).user().getName()).isEqualTo("4711");
        claims.remove("groups");
        assertThat(identity(ISSUER.token(claims)).roles()).isEmpty();
        claims.remove("sub");
        assertRefused(ISSUER.token(claims));
    }

    @Test
    void claimsOfAnotherTypeAreRefused() {
        assertRefused(all -> all.put("upn", 7));
        assertRefused(all -> all.put("upn", " "));
        assertRefused(all -> all.put("groups", "trader"));
        assertRefused(all -> all.put("groups", List.of(Map.of("a", 1))));
        assertRefused(all -> all.put("exp", "tomorrow"));
    }

    @Test
    void whoseTimeHasNotComeOrIsOverIsRefused() {
        assertRefused(all -> all.put("exp", secondsFromNow(-1)));
        assertRefused(all -> all.remove("exp"));
        assertRefused(all -> all.put("nbf", secondsFromNow(30)));
    }

    @Test
    void clocksMayDifferByASetting() {
        keys.put("mp.jwt.verify.clock.skew", "40");
        long end = secondsFromNow(-30);
        Identity late = identity(ISSUER.token(claims(all -> all.putAll(Map.of("iat", end - 60, "exp", end)))));
        assertThat(late.expires()).contains(Instant.ofEpochSecond(end).plus(Duration.ofSeconds(40)));
        identity(ISSUER.token(claims(all -> all.put("nbf", secondsFromNow(30)))));
        assertRefused(all -> all.put("exp", secondsFromNow(-41)));
    }

    @Test
    void aTokenMayBeTooOld() {
        var tenMinutes = claims(all -> all.put("iat", secondsFromNow(-600)));
        identity(ISSUER.token(tenMinutes));
        keys.put("mp.jwt.verify.token.age", "500");
        assertRefused(ISSUER.token(tenMinutes));
        assertRefused(all -> all.remove("iat"));
        identity(ISSUER.token("ann", 60));
    }

    @Test
    void theTokensOfOtherIssuersAreRefused() {
        assertRefused(all -> all.put("iss", "https://other.example"));
        assertRefused(all -> all.remove("iss"));
        assertRefused(TokenIssuer.rsa().token("ann", 60));
        assertRefused(TokenIssuer.ec().token("ann", 60));
    }

    @Test
    void whomATokenIsForMayBeDemanded() {
        identity(ISSUER.token(claims(all -> all.put("aud", "somebody"))));
        keys.put("mp.jwt.verify.audiences", "stocks, bonds");
        identity(ISSUER.token(claims(all -> all.put("aud", List.of("cash", "bonds")))));
        assertRefused(all -> all.put("aud", "somebody"));
        assertRefused(all -> all.remove("aud"));
    }

    @Test
    void onlySignaturesByPublicKeysCount() {
        var none = new JsonWebSignature();
        none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        none.setAlgorithmHeaderValue("none");
        assertRefused(TokenIssuer.signed(none, claims(all -> {})));
        var confused = new JsonWebSignature();
        confused.setAlgorithmHeaderValue("HS256");
        confused.setKey(new HmacKey(ISSUER.pem().getBytes(UTF_8)));
        assertRefused(TokenIssuer.signed(confused, claims(all -> {})));
        var longer = new JsonWebSignature();
        longer.setAlgorithmHeaderValue("RS512");
        longer.setKey(ISSUER.privateKey());
        assertRefused(TokenIssuer.signed(longer, claims(all -> {})));
        var critical = new JsonWebSignature();
        critical.setAlgorithmHeaderValue("RS256");
        critical.setKey(ISSUER.privateKey());
        critical.setCriticalHeaderNames("odd");
        critical.setHeader("odd", "1");
        assertRefused(TokenIssuer.signed(critical, claims(all -> {})));
    }

    /** Anybody can encrypt for a public key: that proves nothing. */
    @Test
    void anEncryptedTokenIsRefused() throws Exception {
        var encrypted = new JsonWebEncryption();
        encrypted.setAlgorithmHeaderValue("RSA-OAEP");
        encrypted.setEncryptionMethodHeaderParameter("A128GCM");
        encrypted.setKey(ISSUER.publicKey());
        encrypted.setPayload(
                "{\"upn\":\"ann\",\"iss\":\"" + TokenIssuer.NAME + "\",\"exp\":" + secondsFromNow(60) + "}");
        assertRefused(encrypted.getCompactSerialization());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ".", "..", "a.b.c", "....", "{}", "eyJhbGciOiJSUzI1NiJ9..", "\u0000.\u0000.\u0000"})
    void whatIsNoTokenIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void whatWasChangedIsRefused() {
        String[] parts = ISSUER.token("ann", 60).split("\\.");
        String richer = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ("{\"iss\":\"" + TokenIssuer.NAME + "\",\"upn\":\"bob\",\"exp\":" + secondsFromNow(60) + "}")
                                .getBytes(UTF_8));
        assertRefused(parts[0] + "." + richer + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1]);
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        String fits = ISSUER.token(claims(all -> all.put("more", "x".repeat(6_000))));
        assertThat(fits.length()).isBetween(8_000, JwtAuthenticator.MOST_CHARACTERS);
        identity(fits);
        assertRefused(all -> all.put("more", "x".repeat(8_000)));
    }

    @Test
    void theConfigurationOfTheServerIsAsked() {
        keys.forEach(System::setProperty);
        var configured = JwtAuthenticator.configured();
        assertThat(configured
                        .authenticate(bearer(ISSUER.token("ann", 60)))
                        .toCompletableFuture()
                        .join())
                .isPresent();
    }

    @Test
    void whatIsWrongOrMissingStopsTheDeployment() {
        keys.clear();
        assertThatThrownBy(this::authenticator)
                .hasMessage("Wrong settings:\n"
                        + " - mp.jwt.verify.publickey or mp.jwt.verify.publickey.location must be set\n"
                        + " - mp.jwt.verify.issuer must be set");
        keys.putAll(Map.of(
                "mp.jwt.verify.publickey", "some secret",
                "mp.jwt.verify.issuer", "x",
                "mp.jwt.verify.publickey.algorithm", "HS256",
                "mp.jwt.verify.clock.skew", "301",
                "mp.jwt.verify.token.age", "0"));
        assertThatThrownBy(this::authenticator)
                .hasMessage("Wrong settings:\n"
                        + " - mp.jwt.verify.publickey must be a public key in PEM, or as JWK or JWKS\n"
                        + " - mp.jwt.verify.publickey.algorithm must be RS256 or ES256, and is \"HS256\"\n"
                        + " - mp.jwt.verify.clock.skew must be a whole number from 0 to 300, and is \"301\"\n"
                        + " - mp.jwt.verify.token.age must be a whole number from 1 to 2147483647, and is \"0\"");
    }
}
