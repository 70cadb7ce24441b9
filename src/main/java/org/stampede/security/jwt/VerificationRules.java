package org.stampede.security.jwt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.stampede.settings.Settings;

/**
 * What a token must be like. Immutable.
 *
 * @param keys       tells by whose key it must be signed
 * @param algorithms by which it may be signed
 * @param issuer     who must have made it
 * @param audiences  for one of whom it must be; nobody for whomever
 * @param clockSkew  how much the clock of the issuer may go wrong
 * @param age        how old it may be, in seconds; 0 for any age
 */
record VerificationRules(
        VerificationKeyResolver keys,
        List<String> algorithms,
        String issuer,
        List<String> audiences,
        Duration clockSkew,
        int age) {

    /** Where the public key is. */
    static final String LOCATION = "mp.jwt.verify.publickey.location";

    private static final String KEY = "mp.jwt.verify.publickey";
    private static final String ALGORITHM = "mp.jwt.verify.publickey.algorithm";
    private static final String ISSUER = "mp.jwt.verify.issuer";
    private static final String AUDIENCES = "mp.jwt.verify.audiences";
    private static final String SKEW = "mp.jwt.verify.clock.skew";
    private static final String AGE = "mp.jwt.verify.token.age";

    private static final List<String> USUAL =
            List.of(AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    private static final int MOST_SKEW_SECONDS = 300;
    private static final int ANY_AGE = 0;

    /**
     * Reads the rules.
     *
     * @throws IllegalStateException if some are wrong or missing; the message names all of them
     */
    static VerificationRules read(Function<String, Optional<String>> source) {
        var from = new Settings(source);
        var rules = new VerificationRules(
                keys(from),
                from.list(ALGORITHM, VerificationRules::algorithms),
                from.required(ISSUER),
                from.list(AUDIENCES, audiences -> audiences),
                Duration.ofSeconds(from.number(SKEW, 0, 0, MOST_SKEW_SECONDS)),
                from.number(AGE, ANY_AGE, 1));
        from.check();
        return rules;
    }

    private static VerificationKeyResolver keys(Settings from) {
        var key = from.text(KEY);
        var location = from.text(LOCATION);
        try {
            if (key.isPresent()) {
                return PublicKeys.of(key.get());
            }
            if (location.isPresent()) {
                return PublicKeys.at(location.get());
            }
            from.fault(KEY + " or " + LOCATION + " must be set");
        } catch (IllegalArgumentException e) {
            from.fault((key.isPresent() ? KEY : LOCATION) + " " + e.getMessage());
        }
        return PublicKeys.NONE;
    }

    private static List<String> algorithms(List<String> names) {
        if (!USUAL.containsAll(names)) {
            throw new IllegalArgumentException("must be RS256 or ES256");
        }
        return names.isEmpty() ? USUAL : names;
    }

    /** What judges tokens by these rules; thread-safe. */
    JwtConsumer consumer() {
        var builder = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, algorithms.toArray(String[]::new))
                .setVerificationKeyResolver(keys)
                .setExpectedIssuer(issuer)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds((int) clockSkew.toSeconds());
        if (audiences.isEmpty()) {
            builder.setSkipDefaultAudienceValidation();
        } else {
            builder.setExpectedAudience(audiences.toArray(String[]::new));
        }
        if (age != ANY_AGE) {
            builder.setRequireIssuedAt().setIssuedAtRestrictions((int) clockSkew.toSeconds(), age);
        }
        return builder.build();
    }
}
