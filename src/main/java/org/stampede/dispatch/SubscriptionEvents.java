package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.stampede.destination.DestinationPattern;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;
import org.stampede.session.Subscriber;
import org.stampede.stomp.Headers;

/**
 * Fires the CDI events that tell of the begin and the end of subscriptions, each in the session and with a request context of its
 * own, once the parameters of its observers have their values. Thread-safe.
 */
final class SubscriptionEvents {

    private static final Logger LOG = System.getLogger(SubscriptionEvents.class.getName());

    private record Row(DestinationPattern pattern, Collection<Argument> arguments, Event<SubscriptionEvent> event) {}

    private final RequestScope requests;
    private final CurrentMessage current;
    private final PayloadWriter writer;
    private final BrokerMessenger messenger;
    private final ProblemReports reports;
    private final List<Row> subscribed;
    private final List<Row> unsubscribed;

    SubscriptionEvents(
            DispatchEngine.Beans beans, PayloadWriter writer, BrokerMessenger messenger, ProblemReports reports) {
        this.requests = beans.requests();
        this.current = beans.current();
        this.writer = writer;
        this.messenger = messenger;
        this.reports = reports;
        this.subscribed = rows(beans, Subscribed.class, Subscribed.Literal::of);
        this.unsubscribed = rows(beans, Unsubscribed.class, Unsubscribed.Literal::of);
    }

    /** Most specific first, since the order in which observers are discovered is left to chance. */
    private static List<Row> rows(
            DispatchEngine.Beans beans, Class<? extends Annotation> kind, Function<String, Annotation> qualifier) {
        return beans.discovery().lifeCycles().patterns(kind).stream()
                .sorted()
                .map(pattern -> new Row(
                        pattern,
                        beans.discovery().arguments(kind, pattern),
                        beans.events().select(SubscriptionEvent.class, qualifier.apply(pattern.text()))))
                .toList();
    }

    void began(Subscriber subscriber, Headers headers) {
        fire(subscribed, subscriber, headers);
    }

    void ended(Subscriber subscriber) {
        fire(unsubscribed, subscriber, Headers.NONE);
    }

    private void fire(List<Row> rows, Subscriber subscriber, Headers headers) {
        if (rows.isEmpty()) {
            return;
        }
        var wanted = DestinationPattern.ofSubscription(subscriber.destination());
        for (Row row : rows) {
            row.pattern().overlap(wanted).ifPresent(variables -> {
                var event = new SubscriptionView(subscriber, variables, writer);
                var occasion = new SubscriptionOccasion(event, headers, messenger);
                LifeCycleEvents.attempt(() -> requests.call(event.sessionId(), () -> fire(row, occasion)));
            });
        }
    }

    private SubscriptionView fire(Row row, SubscriptionOccasion occasion) {
        var arguments = Arguments.of(row.arguments(), occasion);
        if (arguments.isFit()) {
            current.with(arguments, () -> row.event().fire(occasion.event()));
        } else if (subscribed.contains(row)) {
            reports.refused(
                    occasion,
                    arguments.lacksSender()
                            ? Problems.anonymous(occasion)
                            : Problems.unfit(occasion, arguments.faults()));
        } else {
            LOG.log(Level.DEBUG, "Nobody is told of the end of a subscription that has not what observers ask for.");
        }
        return occasion.event();
    }
}
