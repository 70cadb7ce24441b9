package org.stampede.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** WildFly in its standard configuration; applications come and go by the marker files of its deployment scanner. */
final class WildFly implements Product {

    /** What its start script gives to every JVM. */
    private static final List<String> OPENINGS = Stream.concat(
                    Stream.of(
                                    "java.desktop/sun.awt",
                                    "java.naming/com.sun.jndi.ldap",
                                    "java.naming/com.sun.jndi.url.ldap",
                                    "java.naming/com.sun.jndi.url.ldaps",
                                    "jdk.naming.dns/com.sun.jndi.dns")
                            .map(place -> "--add-exports=" + place + "=ALL-UNNAMED"),
                    Stream.of(
                                    "java.base/java.lang",
                                    "java.base/java.lang.invoke",
                                    "java.base/java.lang.reflect",
                                    "java.base/java.io",
                                    "java.base/java.net",
                                    "java.base/java.security",
                                    "java.base/java.util",
                                    "java.base/java.util.concurrent",
                                    "java.management/javax.management",
                                    "java.naming/javax.naming")
                            .map(place -> "--add-opens=" + place + "=ALL-UNNAMED"))
            .toList();

    private final Site site;
    private final Path deployments;

    WildFly(Site site) {
        this.site = site;
        this.deployments = site.base().resolve("deployments");
    }

    @Override
    public ProcessBuilder launch() throws IOException {
        Path home = Product.home();
        Product.copy(home.resolve("standalone/configuration"), site.base().resolve("configuration"));
        Files.createDirectories(deployments);
        adapt(site.base().resolve("configuration/standalone.xml"));
        List<String> command = new ArrayList<>();
        command.add(Product.java());
        command.addAll(OPENINGS);
        command.add("-Djboss.home.dir=" + home);
        command.add("-Djboss.server.base.dir=" + site.base());
        command.add("-Djboss.http.port=" + site.port());
        command.add("-Djboss.bind.address=0.0.0.0");
        // Any free ones: nobody asks for them.
        command.add("-Djboss.https.port=0");
        command.add("-Djboss.management.http.port=0");
        command.addAll(site.jvmOptions());
        command.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        command.addAll(List.of("-mp", home.resolve("modules").toString(), "org.jboss.as.standalone"));
        return new ProcessBuilder(command);
    }

    /**
     * The scanner looks often, and takes only what a marker says, since a file that is still being copied has none. The default data
     * source writes to a file, as docs/servers.md says.
     */
    private void adapt(Path configuration) throws IOException {
        change(configuration, "scan-interval=\"5000\"", "auto-deploy-zipped=\"false\" scan-interval=\"200\"");
        change(configuration, "jdbc:h2:mem:test;", site.database() + ";");
    }

    private static void change(Path configuration, String usual, String other) throws IOException {
        String text = Files.readString(configuration);
        if (!text.contains(usual)) {
            throw new IllegalStateException(configuration + " is not as expected: " + usual + " is not there.");
        }
        Files.writeString(configuration, text.replace(usual, other));
    }

    @Override
    public Pattern ready() {
        return Pattern.compile("WFLYSRV0025");
    }

    @Override
    public void deploy(Application application, Process server) throws IOException {
        Files.copy(application.war(), deployments.resolve(file(application)), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(deployments.resolve(file(application) + ".dodeploy"), "");
    }

    @Override
    public Pattern deployed(Application application) {
        return Pattern.compile("WFLYSRV0010: .*\"" + file(application) + "\"");
    }

    @Override
    public Pattern refused(Application application) {
        return Pattern.compile(
                "WFLYCTRL0013: .*\"" + file(application) + "\"|WFLYSRV0021: .*\"" + file(application) + "\"");
    }

    @Override
    public void undeploy(Application application, Process server) throws IOException {
        Files.delete(deployments.resolve(file(application) + ".deployed"));
    }

    @Override
    public Pattern undeployed(Application application) {
        return Pattern.compile("WFLYSRV0009: .*\"" + file(application) + "\"");
    }

    /** ROOT.war is its name for what is served at the root. */
    private static String file(Application application) {
        return application.name() + ".war";
    }
}
