package org.stampede.tcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS at either end: which certificates are believed, and the one that this end shows. That of a server must be that of the host
 * which was dialled. Thread-safe.
 */
public final class Tls {

    /**
     * A file of keys or certificates, PKCS12 or JKS.
     *
     * @param path     where it is
     * @param password of the file, and of the keys in it
     */
    public record Store(Path path, String password) {

        private KeyStore load() throws IOException, GeneralSecurityException {
            return KeyStore.getInstance(path.toFile(), password.toCharArray());
        }

        /** The path only. */
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * Seconds. The JDK offers no session again by a ticket that is to last longer than RFC 8446, section 4.6.1, allows. Behind the
     * handshake, and unasked, a ticket can meet what the client writes first: OpenSSL, when one thread reads and another one writes as in
     * stomp.py, now and then never sends that.
     */
    private static final int TOO_LONG_FOR_TICKETS =
            Math.toIntExact(Duration.ofDays(7).toSeconds()) + 1;

    private final SSLContext context;
    /** Whether clients must show a certificate. */
    private final boolean demanding;

    private Tls(SSLContext context, boolean demanding) {
        this.context = context;
        this.demanding = demanding;
    }

    /**
     * Reads the files, for an end that dials.
     *
     * @param trusted what servers must be certified by; empty for those that the JDK trusts
     * @param own     the certificate of this end, with its key; empty for none
     * @throws IllegalArgumentException if a file cannot be read, or is of no use; the message names it
     */
    public static Tls of(Optional<Store> trusted, Optional<Store> own) {
        return of(trusted, own, false);
    }

    /**
     * Reads the files, for an end that is dialled.
     *
     * @param own     the certificate of this end, with its key
     * @param trusted what the certificate of a client must be certified by; empty if clients need none
     * @throws IllegalArgumentException if a file cannot be read, or is of no use; the message names it
     */
    public static Tls answering(Store own, Optional<Store> trusted) {
        if (!read(own, Tls::hasKey)) {
            throw new IllegalArgumentException("The file " + own + " is of no use: There is no key in it");
        }
        Tls answering = of(trusted, Optional.of(own), trusted.isPresent());
        answering.context.getServerSessionContext().setSessionTimeout(TOO_LONG_FOR_TICKETS);
        return answering;
    }

    private static boolean hasKey(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    private static Tls of(Optional<Store> trusted, Optional<Store> own, boolean demanding) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own.isPresent() ? keyManagers(own.get()) : null,
                    trusted.isPresent() ? trustManagers(trusted.get()) : null,
                    null);
            return new Tls(context, demanding);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS is not to be had: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keyManagers(Store own) {
        return read(own, store -> {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, own.password().toCharArray());
            return factory.getKeyManagers();
        });
    }

    private static TrustManager[] trustManagers(Store trusted) {
        return read(trusted, store -> {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        });
    }

    /** What is made of a file. */
    private interface Reading<T> {
        T of(KeyStore store) throws GeneralSecurityException;
    }

    private static <T> T read(Store file, Reading<T> reading) {
        try {
            if (!Files.isReadable(file.path())) {
                throw new IOException("There is no such file, or it may not be read");
            }
            return reading.of(file.load());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The file " + file.path() + " is of no use: " + e.getMessage(), e);
        }
    }

    /** This end of a new connection that was dialled. */
    SSLEngine answeringEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(demanding);
        return engine;
    }

    /** This end of a new connection to a server. */
    SSLEngine engine(TcpAddress server) {
        SSLEngine engine = context.createSSLEngine(server.host(), server.port());
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        // RFC 2818, section 3.1; the algorithm has no other name.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }
}
