package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.json.bind.Jsonb;
import jakarta.validation.ValidatorFactory;
import org.stampede.broker.Broker;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.MessageConverter;
import org.stampede.messaging.Messenger;
import org.stampede.session.MessageHandlers;
import org.stampede.session.SessionRegistry;

/**
 * Puts the engine together: handlers on one side, the application's messenger on the other. Immutable.
 *
 * @param handlers  what sessions ask of the application
 * @param messenger what the application speaks through
 */
public record DispatchEngine(MessageHandlers handlers, Messenger messenger) {

    /** What the engine needs of CDI. */
    public record Beans(
            HandlerDiscovery discovery,
            Event<Object> events,
            RequestScope requests,
            CurrentMessage current,
            Instance<MessageConverter> converters) {}

    /**
     * An engine in front of a broker.
     *
     * @param beans     of the application
     * @param jsonb     reads and writes JSON
     * @param validators validates payloads
     * @param transactions those that handlers, and what they send, may be in
     * @param broker    takes what the application sends
     * @param registry  who is connected
     * @param deadline  bounds what handlers return; to be ticked by the caller
     */
    public static DispatchEngine of(
            Beans beans,
            Jsonb jsonb,
            ValidatorFactory validators,
            Transactions transactions,
            Broker broker,
            SessionRegistry registry,
            ResultDeadline deadline) {
        beans.discovery().bind(beans.current());
        var converters = Converters.of(beans.converters(), jsonb);
        beans.discovery().require(converters);
        var writer = new PayloadWriter(converters);
        var messenger = new BrokerMessenger(broker, registry, writer, transactions.commits());
        var reports = new ProblemReports(beans.events().select(HandlerFailure.class));
        var dispatcher = new Dispatcher(
                new HandlerTable(beans.discovery(), beans.events()),
                new LifeCycleEvents(beans, new SubscriptionEvents(beans, writer, messenger, reports)),
                reports,
                beans.requests(),
                beans.current(),
                new PayloadReader(converters),
                new PayloadValidator(validators),
                transactions.leftovers(),
                messenger,
                deadline);
        return new DispatchEngine(dispatcher, messenger);
    }
}
