package org.stampede.dispatch;

import jakarta.enterprise.event.Event;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stampede.destination.DestinationPattern;
import org.stampede.destination.UserDestination;
import org.stampede.messaging.Destination;
import org.stampede.security.Peer;

/** Which handler a destination has: one row for each pattern, fixed at deployment. Immutable. */
final class HandlerTable {

    /**
     * A row.
     *
     * @param pattern the destinations
     * @param payload the type of the event
     * @param arguments what the handlers want beside the payload
     * @param demands which roles the handlers demand, all of it
     * @param event   fires it; kept, since selecting an event anew costs far more than firing it
     */
    record Row(
            DestinationPattern pattern,
            Class<?> payload,
            Collection<Argument> arguments,
            Collection<RoleDemand> demands,
            Event<Object> event) {

        /** Whether somebody may send here. */
        boolean isOpenTo(Peer peer) {
            return demands.stream().allMatch(demand -> demand.isMetBy(peer));
        }
    }

    /** The row for a destination, and what the variables of its pattern stand for. */
    record Match(Row row, Map<String, String> variables) {}

    private final Map<String, Row> literals = new HashMap<>();
    /** Most specific first. */
    private final List<Row> wildcards;

    HandlerTable(HandlerDiscovery discovery, Event<Object> events) {
        var rows = discovery.handlers().entrySet().stream()
                .map(handler -> row(discovery, handler.getKey(), (Class<?>) handler.getValue(), events))
                .toList();
        rows.stream()
                .filter(row -> !row.pattern().isWildcard())
                .forEach(row -> literals.put(row.pattern().text(), row));
        wildcards = rows.stream()
                .filter(row -> row.pattern().isWildcard())
                .sorted((a, b) -> a.pattern().compareTo(b.pattern()))
                .toList();
    }

    @SuppressWarnings("unchecked") // The payload is read as this very class before it is fired.
    private static Row row(
            HandlerDiscovery discovery, DestinationPattern pattern, Class<?> payload, Event<Object> events) {
        var event = (Event<Object>) events.select(payload, Destination.Literal.of(pattern.text()));
        return new Row(
                pattern,
                payload,
                List.copyOf(discovery.arguments(Destination.class, pattern)),
                List.copyOf(discovery.roles().of(pattern)),
                event);
    }

    /** The row for a destination. Those of sessions have none, whatever the patterns. */
    Optional<Match> find(String destination) {
        Row literal = literals.get(destination);
        if (literal != null) {
            return Optional.of(new Match(literal, Map.of()));
        }
        if (UserDestination.isOfSession(destination)) {
            return Optional.empty();
        }
        for (Row row : wildcards) {
            var variables = row.pattern().match(destination);
            if (variables.isPresent()) {
                return Optional.of(new Match(row, variables.get()));
            }
        }
        return Optional.empty();
    }
}
