package org.stampede.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Payara Micro, led by a {@link MicroServer} inside it, since it takes no applications from outside once it runs. */
final class PayaraMicro implements Product {

    private static final Path JAR = Path.of(System.getProperty("payara.micro.jar", ""));
    private static final String GUIDE = MicroServer.class.getName().replace('.', '/') + ".class";

    private final Site site;

    PayaraMicro(Site site) {
        this.site = site;
    }

    @Override
    public ProcessBuilder launch() throws IOException {
        Path classes = site.base().resolve("classes");
        Path temporary = Files.createDirectories(site.base().resolve("tmp"));
        copyGuide(classes.resolve(GUIDE));
        List<String> command = new ArrayList<>();
        command.add(Product.java());
        // What `java -jar` would read from the manifest.
        openings("Add-Opens").forEach(place -> command.add("--add-opens=" + place + "=ALL-UNNAMED"));
        openings("Add-Exports").forEach(place -> command.add("--add-exports=" + place + "=ALL-UNNAMED"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(site.jvmOptions());
        command.addAll(List.of("-cp", JAR + System.getProperty("path.separator") + classes));
        command.addAll(List.of(MicroServer.class.getName(), String.valueOf(site.port())));
        // By itself it writes among the temporary files of the server.
        command.add(site.database());
        return new ProcessBuilder(command);
    }

    /** The other classes of the tests would be seen by the server and its applications. */
    private static void copyGuide(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (var guide = PayaraMicro.class.getClassLoader().getResourceAsStream(GUIDE)) {
            Files.copy(guide, target);
        }
    }

    private static List<String> openings(String attribute) {
        try (var jar = new JarFile(JAR.toFile())) {
            return List.of(
                    jar.getManifest().getMainAttributes().getValue(attribute).split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Pattern ready() {
        return MicroServer.answer("ready", "");
    }

    @Override
    public void deploy(Application application, Process server) throws IOException {
        tell(server, "deploy\t" + application.name() + "\t" + application.context() + "\t" + application.war());
    }

    @Override
    public Pattern deployed(Application application) {
        return MicroServer.answer("deployed", application.name());
    }

    @Override
    public Pattern refused(Application application) {
        return MicroServer.answer("refused", application.name());
    }

    @Override
    public void undeploy(Application application, Process server) throws IOException {
        tell(server, "undeploy\t" + application.name());
    }

    @Override
    public Pattern undeployed(Application application) {
        return MicroServer.answer("undeployed", application.name());
    }

    private static void tell(Process server, String order) throws IOException {
        var orders = server.getOutputStream();
        orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
        orders.flush();
    }
}
