package org.stampede.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/** Open Liberty with the Web Profile; applications come and go by files of its configuration, which it watches. */
final class OpenLiberty implements Product {

    private static final String SERVER = "stampede";

    private final Site site;
    private final Path server;
    private final Path overrides;

    OpenLiberty(Site site) {
        this.site = site;
        this.server = site.base().resolve("usr/servers").resolve(SERVER);
        this.overrides = server.resolve("configDropins/overrides");
    }

    @Override
    public ProcessBuilder launch() throws IOException {
        Files.createDirectories(overrides);
        Files.createDirectories(server.resolve("apps"));
        Files.writeString(server.resolve("server.xml"), """
                <server>
                  <featureManager>
                    <feature>webProfile-10.0</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="*" httpPort="%d" httpsPort="-1"/>
                  <logging consoleLogLevel="INFO"/>
                  <applicationManager autoExpand="true"/>
                  <applicationMonitor updateTrigger="disabled" dropinsEnabled="false"/>
                  <config updateTrigger="polled" monitorInterval="200ms"/>
                  <library id="h2">
                    <file name="%s"/>
                  </library>
                  <dataSource id="DefaultDataSource">
                    <jdbcDriver libraryRef="h2"/>
                    <properties URL="%s" user="sa"/>
                  </dataSource>
                </server>
                """.formatted(
                        site.port(), System.getProperty("h2.jar"), site.database()));
        Files.write(server.resolve("jvm.options"), site.jvmOptions());
        // It ends in `exec java`.
        var builder = new ProcessBuilder(Product.home().resolve("bin/server").toString(), "run", SERVER);
        var environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("WLP_USER_DIR", site.base().resolve("usr").toString());
        environment.put("WLP_OUTPUT_DIR", site.base().resolve("output").toString());
        return builder;
    }

    @Override
    public Pattern ready() {
        return Pattern.compile("CWWKF0011I");
    }

    @Override
    public void deploy(Application application, Process process) throws IOException {
        String file = application.name() + ".war";
        Files.copy(application.war(), server.resolve("apps").resolve(file), StandardCopyOption.REPLACE_EXISTING);
        // Moved, so that the server never sees half of it.
        Path draft = site.base().resolve(application.name() + ".xml");
        Files.writeString(draft, """
                <server>
                  <webApplication id="%1$s" name="%1$s" location="%2$s" contextRoot="%3$s"/>
                </server>
                """.formatted(application.name(), file, application.context()));
        Files.move(draft, override(application), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public Pattern deployed(Application application) {
        return Pattern.compile("CWWKZ0001I: Application " + application.name() + " started");
    }

    @Override
    public Pattern refused(Application application) {
        return Pattern.compile("CWWKZ0002E: .* " + application.name() + "\\b");
    }

    @Override
    public void undeploy(Application application, Process process) throws IOException {
        Files.delete(override(application));
    }

    @Override
    public Pattern undeployed(Application application) {
        return Pattern.compile("CWWKZ0009I: The application " + application.name() + " has stopped");
    }

    private Path override(Application application) {
        return overrides.resolve(application.name() + ".xml");
    }
}
