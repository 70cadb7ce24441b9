package org.stampede.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Files of keys and certificates, made by the JDK's keytool; their password is {@value #PASSWORD}. Stateless. */
public final class KeyStores {

    public static final String PASSWORD = "secret";

    private KeyStores() {}

    /**
     * A new key with a certificate signed by itself.
     *
     * @param names alternative names, such as {@code dns:localhost}
     */
    public static Path key(Path directory, String name, String names) throws IOException, InterruptedException {
        Path store = directory.resolve(name + ".p12");
        keytool(
                List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2"),
                List.of("-ext", "san=" + names),
                storeArguments(store, name));
        return store;
    }

    /** A store that trusts the certificate of a key. */
    public static Path trusting(Path key, String name) throws IOException, InterruptedException {
        Path certificate = key.resolveSibling(name + ".cer");
        Path store = key.resolveSibling(name + "-trust.p12");
        keytool(List.of("-exportcert", "-file", certificate.toString()), storeArguments(key, name));
        keytool(List.of("-importcert", "-noprompt", "-file", certificate.toString()), storeArguments(store, name));
        return store;
    }

    private static List<String> storeArguments(Path store, String alias) {
        return List.of("-alias", alias, "-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12");
    }

    @SafeVarargs
    private static void keytool(List<String>... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (List<String> some : arguments) {
            command.addAll(some);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    /** TLS as a server with this key has it, for clients with a certificate that the other store trusts. */
    public static SSLContext server(Path key, Path trust) throws IOException, GeneralSecurityException {
        return context(Optional.of(key), trust);
    }

    /** TLS as a client has it who believes the certificates of a store, and perhaps has a key. */
    public static SSLContext client(Path trust, Optional<Path> key) throws IOException, GeneralSecurityException {
        return context(key, trust);
    }

    private static SSLContext context(Optional<Path> key, Path trust) throws IOException, GeneralSecurityException {
        KeyManager[] keys = null;
        if (key.isPresent()) {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(key.get()), PASSWORD.toCharArray());
            keys = factory.getKeyManagers();
        }
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(load(trust));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trusted.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return loaded;
    }
}
