package org.stampede.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Server}, which obeys the rules of the sample unless it is {@link OpenToAll}, and the {@link Browser}. Both are started once for all test classes, since the server
 * takes its time, and end with the last of them. Stateless.
 */
final class OnStage implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(OnStage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Server.class || type == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        return parameter.getParameter().getType() == Server.class
                ? store.getOrComputeIfAbsent(
                        parameter.isAnnotated(OpenToAll.class) ? "open" : "rules", OnStage::started, Server.class)
                : store.getOrComputeIfAbsent(Browser.class, type -> new Browser(), Browser.class);
    }

    private static Server started(String access) {
        Server server = new Server(access);
        server.start();
        return server;
    }
}
