package org.stampede.stocks;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;

/** Hashes passcodes, slowly and with salt, as OWASP advises for PBKDF2. Thread-safe. */
@ApplicationScoped
public class Passcodes {

    private static final Map<String, String> PARAMETERS = Map.of(
            "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
            "Pbkdf2PasswordHash.Iterations", "210000",
            "Pbkdf2PasswordHash.SaltSizeBytes", "16",
            "Pbkdf2PasswordHash.KeySizeBytes", "32");

    @Inject
    Pbkdf2PasswordHash pbkdf2;

    @PostConstruct
    void initialize() {
        pbkdf2.initialize(PARAMETERS);
    }

    /** A hash that names its algorithm, iterations and salt. */
    String hash(char[] passcode) {
        return pbkdf2.generate(passcode);
    }

    boolean verify(char[] passcode, String hash) {
        return pbkdf2.verify(passcode, hash);
    }
}
