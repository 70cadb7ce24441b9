package org.stampede.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads settings by name, and gathers what is wrong with them. Not thread-safe. */
public final class Settings {

    private final Function<String, Optional<String>> source;
    private final List<String> faults = new ArrayList<>();

    /**
     * @param source name to value, empty where nothing is set
     */
    public Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** One of several words, the first of which is the default. */
    public String word(String name, String... words) {
        String word = text(name).orElse(words[0]);
        if (List.of(words).contains(word)) {
            return word;
        }
        fault(name + " must be " + String.join(" or ", words) + ", and is \"" + word + "\"");
        return words[0];
    }

    /**
     * What a list, separated by commas, stands for; none is an empty one.
     *
     * @param read throws an {@link IllegalArgumentException} that says how the list must be
     */
    public <T> T list(String name, Function<List<String>, T> read) {
        var list = text(name).map(text -> List.of(text.split("\\s*,\\s*"))).orElse(List.of());
        try {
            return read.apply(list);
        } catch (IllegalArgumentException e) {
            fault(name + " " + e.getMessage() + ", and is \"" + String.join(",", list) + "\"");
            return read.apply(List.of());
        }
    }

    /** Any text, without blanks around it; an empty one is the default. */
    public String text(String name, String normal) {
        return text(name).orElse(normal);
    }

    /** What is set; nothing but white space is nothing. */
    public Optional<String> text(String name) {
        return source.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** What must be set. */
    public String required(String name) {
        return text(name).orElseGet(() -> {
            fault(name + " must be set");
            return "";
        });
    }

    /** A whole number from the least on, or its default. */
    public int number(String name, int normal, int least) {
        return number(name, normal, least, Integer.MAX_VALUE);
    }

    /** A whole number in a range, or its default. */
    public int number(String name, int normal, int least, int most) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return normal;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told of below.
        }
        fault(name + " must be a whole number from " + least + " to " + most + ", and is \"" + value.get() + "\"");
        return normal;
    }

    /** Notes a fault: a sentence without its stop. */
    public void fault(String fault) {
        faults.add(fault);
    }

    /** Notes a fault unless one setting is at least as large as another. */
    public void requireAtLeast(String larger, long value, String smaller, long least) {
        if (value < least) {
            fault(larger + " must be at least " + smaller + ", which is " + least + ", and is " + value);
        }
    }

    /**
     * Ends the reading.
     *
     * @throws IllegalStateException if a setting is wrong; the message names all that are
     */
    public void check() {
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Wrong settings:\n - " + String.join("\n - ", faults));
        }
    }
}
