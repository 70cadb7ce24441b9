package org.stampede.stomp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The headers of a frame: an ordered multimap, of which the first entry of a name counts (STOMP 1.2, section Repeated
 * Header Entries). Immutable.
 */
public final class Headers {

    /** No headers. */
    public static final Headers NONE = new Headers(new String[0]);

    /** Name, value, name, value, and so on. */
    private final String[] entries;

    private Headers(String[] entries) {
        this.entries = entries;
    }

    /**
     * Headers in the given order.
     *
     * @param namesAndValues name, value, name, value, and so on
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("A header name has no value.");
        }
        return namesAndValues.length == 0 ? NONE : new Headers(namesAndValues.clone());
    }

    /** Headers that take over an array which nobody else will change. */
    static Headers owning(String[] namesAndValues) {
        return namesAndValues.length == 0 ? NONE : new Headers(namesAndValues);
    }

    /** The first value of a name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i].equals(name)) {
                return Optional.of(entries[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** All values of a name, in order. */
    public List<String> all(String name) {
        var values = new ArrayList<String>();
        forEach((n, v) -> {
            if (n.equals(name)) {
                values.add(v);
            }
        });
        return List.copyOf(values);
    }

    /** Whether there is an entry of this name. */
    public boolean contains(String name) {
        return first(name).isPresent();
    }

    /** How many entries there are, repeated ones counted each. */
    public int size() {
        return entries.length / 2;
    }

    /** The name of an entry, for the codec. */
    String name(int entry) {
        return entries[2 * entry];
    }

    /** The value of an entry, for the codec. */
    String value(int entry) {
        return entries[2 * entry + 1];
    }

    /** Visits each entry in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < entries.length; i += 2) {
            action.accept(entries[i], entries[i + 1]);
        }
    }

    /** The first entry of each name, in order; unmodifiable. */
    public Map<String, String> asMap() {
        var map = new LinkedHashMap<String, String>();
        forEach(map::putIfAbsent);
        return Collections.unmodifiableMap(map);
    }

    /** The same headers with an entry that replaces all of its name. */
    public Headers with(String name, String value) {
        return filter(n -> !n.equals(name)).plus(name, value);
    }

    /** The same headers with one more entry at the end. */
    public Headers plus(String name, String value) {
        var more = Arrays.copyOf(entries, entries.length + 2);
        more[entries.length] = name;
        more[entries.length + 1] = value;
        return new Headers(more);
    }

    /** The same headers with others behind them. */
    public Headers plusAll(Headers others) {
        var more = Arrays.copyOf(entries, entries.length + others.entries.length);
        System.arraycopy(others.entries, 0, more, entries.length, others.entries.length);
        return new Headers(more);
    }

    /** Those headers whose name passes. */
    public Headers filter(Predicate<String> name) {
        var kept = new ArrayList<String>(entries.length);
        forEach((n, v) -> {
            if (name.test(n)) {
                kept.add(n);
                kept.add(v);
            }
        });
        return kept.size() == entries.length ? this : new Headers(kept.toArray(String[]::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers that && Arrays.equals(entries, that.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    /** The names only, quoted: values may be secrets. */
    @Override
    public String toString() {
        return asMap().keySet().stream().map(Quoted::of).toList().toString();
    }
}
