package org.stampede.dispatch;

import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stampede.destination.DestinationPattern;
import org.stampede.security.AccessRules;
import org.stampede.security.AccessRules.Action;
import org.stampede.security.Peer;
import org.stampede.session.AccessControl;

/**
 * Who may do what, as the application says: by its bean of {@link AccessRules}. Without one clients may connect, subscribe to topics
 * and to what is their own under {@code /user/}, and send to handlers; nothing else. Thread-safe.
 */
public final class ApplicationAccess implements AccessControl {

    private static final String OPEN_TO_ALL = "everybody";

    private final AccessRules rules;
    private final boolean byBean;
    private final List<DestinationPattern> handlers;
    private final RoleDiscovery demands;
    private final RequestScope requests;

    private ApplicationAccess(
            AccessRules rules,
            boolean byBean,
            List<DestinationPattern> handlers,
            RoleDiscovery demands,
            RequestScope requests) {
        this.rules = rules;
        this.byBean = byBean;
        this.handlers = handlers;
        this.demands = demands;
        this.requests = requests;
    }

    /**
     * The access rules of an application.
     *
     * @param beans its beans of this type: one or none
     * @throws IllegalStateException if there are several
     */
    public static ApplicationAccess of(Instance<AccessRules> beans, HandlerDiscovery discovery, RequestScope requests) {
        if (beans.isAmbiguous()) {
            throw new IllegalStateException("An application has one bean of AccessRules, but here are several, by "
                    + beans.handlesStream()
                            .map(handle -> handle.getBean().getBeanClass().getName())
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        var handlers = discovery.handlers().keySet().stream().sorted().toList();
        boolean byBean = beans.isResolvable();
        var rules = byBean ? beans.get() : safeDefault(handlers);
        return new ApplicationAccess(rules, byBean, handlers, discovery.roles(), requests);
    }

    private static AccessRules safeDefault(List<DestinationPattern> handlers) {
        var rules = AccessRules.builder()
                .connect()
                .permitAll()
                .subscribe("/user/**")
                .permitAll()
                .subscribe("/queue/**")
                .denyAll()
                .subscribe("/**")
                .permitAll()
                .send("/user/**")
                .denyAll();
        // Of a handler {user} is a variable like any other.
        handlers.forEach(pattern ->
                rules.send(pattern.text().replaceAll("\\{[^{}]*}", "*")).permitAll());
        return rules.build();
    }

    @Override
    public boolean allows(Action action, String destination, Peer peer) {
        return rules.askChecks()
                ? requests.call(peer.sessionId(), () -> rules.allows(action, destination, peer))
                : rules.allows(action, destination, peer);
    }

    @Override
    public boolean asksApplication() {
        return rules.askChecks();
    }

    /** The roles that must be known of each user: those that the application names. */
    public Set<String> roles() {
        return Stream.concat(rules.roles().stream(), demands.roles()).collect(Collectors.toUnmodifiableSet());
    }

    /** What was decided about access, for whoever deploys the application; marks what is open to all. */
    public String report() {
        var lines = new ArrayList<String>();
        lines.add(
                byBean
                        ? "Access is ruled by the application; the first rule that matches decides, and what none names is denied:"
                        : "The application has no bean of AccessRules, so that clients may subscribe to topics and to what is"
                                + " their own, send to handlers, and nothing else:");
        rules.describe().forEach(rule -> lines.add(" - " + marked(rule)));
        lines.add(handlers.isEmpty() ? "There are no handlers." : "Who may send to handlers:");
        for (DestinationPattern handler : handlers) {
            String who = String.join("; else ", rules.whoMay(Action.SEND, handler.text()));
            var demanded = demands.of(handler);
            lines.add(" - "
                    + (demanded.isEmpty()
                            ? marked(handler + ": " + who)
                            : handler + ": " + who + "; " + text(demanded)));
        }
        return String.join("\n", lines);
    }

    private static String text(Collection<RoleDemand> demands) {
        return demands.stream().map(RoleDemand::toString).collect(Collectors.joining(" and ", "but ", ""));
    }

    private static String marked(String line) {
        return line.contains(OPEN_TO_ALL) ? line + " (OPEN TO ALL)" : line;
    }
}
