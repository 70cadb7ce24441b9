package org.stampede.browser;

import java.nio.file.Path;
import java.util.Optional;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.stampede.testing.OpenAccess;
import org.stampede.testing.server.ServerProcess;

/**
 * Gives tests the {@link ServerProcess} and the {@link Browser}. Both are started once for all test classes, since the server
 * takes its time, and end with the last of them; meanwhile the browser shows nothing. Stateless.
 */
final class OnStage implements ParameterResolver, AfterEachCallback {

    /** Where everybody may do everything; at {@code /} the rules of the sample hold. */
    static final String OPEN = "/open/";

    private static final Namespace NAMESPACE = Namespace.create(OnStage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ServerProcess.class || type == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        return parameter.getParameter().getType() == ServerProcess.class
                ? store.getOrComputeIfAbsent(ServerProcess.class, type -> started(), ServerProcess.class)
                : store.getOrComputeIfAbsent(Browser.class, type -> new Browser(), Browser.class);
    }

    /** A page that is left open would keep the processor busy while others are tested. */
    @Override
    public void afterEach(ExtensionContext context) {
        Optional.ofNullable(context.getRoot().getStore(NAMESPACE).get(Browser.class, Browser.class))
                .ifPresent(Browser::leave);
    }

    private static ServerProcess started() {
        // Heart-beats that come soon enough for a test to see them.
        ServerProcess server = new ServerProcess(
                "browser", "-Xmx512m", "-Dstampede.heart-beat.send=1000", "-Dstampede.heart-beat.receive=1000");
        server.start();
        Path war = Path.of(System.getProperty("stampede.war"));
        server.deploy(war, "/");
        server.deploy(opened(war), "/open");
        return server;
    }

    private static Path opened(Path war) {
        Path opened = war.resolveSibling("open.war");
        ShrinkWrap.createFromZipFile(WebArchive.class, war.toFile())
                .addClass(OpenAccess.class)
                .as(ZipExporter.class)
                .exportTo(opened.toFile(), true);
        return opened;
    }
}
