package org.stampede.dispatch;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stampede.destination.DestinationPattern;
import org.stampede.messaging.Connected;
import org.stampede.messaging.DestinationEvent;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.FirstSubscribed;
import org.stampede.messaging.LastUnsubscribed;
import org.stampede.messaging.Offline;
import org.stampede.messaging.Online;
import org.stampede.messaging.PresenceEvent;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;

/**
 * Gathers, at deployment, which life-cycles are observed, and the patterns of those that have one. Written by the container's
 * deployment thread, read only afterwards.
 */
final class LifeCycleDiscovery {

    /** Qualifier to the event that is fired with it. */
    private static final Map<Class<? extends Annotation>, Class<?>> EVENTS = Map.of(
            Connected.class, SessionEvent.class,
            Disconnected.class, SessionEvent.class,
            Online.class, PresenceEvent.class,
            Offline.class, PresenceEvent.class,
            Subscribed.class, SubscriptionEvent.class,
            Unsubscribed.class, SubscriptionEvent.class,
            FirstSubscribed.class, DestinationEvent.class,
            LastUnsubscribed.class, DestinationEvent.class);

    private final Map<Class<? extends Annotation>, Set<DestinationPattern>> patterns = new LinkedHashMap<>();
    private final Set<Class<? extends Annotation>> observed = new LinkedHashSet<>();
    /** Shared with whoever reports them. */
    private final List<String> faults;

    LifeCycleDiscovery(List<String> faults) {
        this.faults = faults;
    }

    static boolean isLifeCycle(Annotation qualifier) {
        return EVENTS.containsKey(qualifier.annotationType());
    }

    /** Takes an observer. */
    void gather(Annotation qualifier, Type type, String place) {
        var kind = qualifier.annotationType();
        var fired = EVENTS.get(kind);
        if (fired == null) {
            faults.add(place + ": would never be called, since the event has no qualifier " + qualifier + ".");
            return;
        }
        if (!(type instanceof Class<?> wanted && wanted.isAssignableFrom(fired))) {
            faults.add(place + ": would never be called, since the event is a " + fired.getSimpleName() + ".");
        }
        observed.add(kind);
        if (qualifier instanceof Subscribed begun) {
            gather(kind, begun.value(), place);
        } else if (qualifier instanceof Unsubscribed ended) {
            gather(kind, ended.value(), place);
        } else if (qualifier instanceof FirstSubscribed first) {
            gather(kind, first.value(), place);
        } else if (qualifier instanceof LastUnsubscribed last) {
            gather(kind, last.value(), place);
        }
    }

    private void gather(Class<? extends Annotation> kind, String text, String place) {
        try {
            patterns.computeIfAbsent(kind, key -> new LinkedHashSet<>()).add(DestinationPattern.ofApplication(text));
        } catch (IllegalArgumentException e) {
            faults.add(place + ": " + e.getMessage());
        }
    }

    /** Whether there is an observer with a qualifier of this kind. */
    boolean isObserved(Class<? extends Annotation> kind) {
        return observed.contains(kind);
    }

    /** The patterns of all observers with a qualifier of this kind. */
    Set<DestinationPattern> patterns(Class<? extends Annotation> kind) {
        return patterns.getOrDefault(kind, Set.of());
    }
}
