package org.stampede.destination;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A set of destinations. A destination is a sequence of parts, each with the separator before it ({@code /}, {@code .}, or
 * none for the first); a pattern may have wildcards in the place of whole parts: {@code *} is any one part, and {@code **},
 * {@code #} or {@code >}, at the end, is all the rest, nothing included. The patterns of the application may also have
 * {@code {name}}: any one part, remembered under a name. A pattern without wildcards matches just itself.
 *
 * <p>Immutable. Natural order: most specific first.
 */
public final class DestinationPattern implements Comparable<DestinationPattern> {

    /** What a part of a pattern asks for. */
    public enum Kind {
        LITERAL,
        ONE,
        REST
    }

    /**
     * A part of a pattern.
     *
     * @param separator {@code /}, {@code .}, or {@code 0} for a first part without one; for {@link Kind#REST} of no meaning
     * @param kind      what the part asks for
     * @param text      the text of a literal, or the name of a {@code {name}}; empty for other wildcards
     */
    public record Part(char separator, Kind kind, String text) {}

    private static final Comparator<Part> BY_KIND = Comparator.comparing(Part::kind);

    private final String text;
    private final List<Part> parts;

    private DestinationPattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * A pattern as clients write it.
     *
     * @throws IllegalArgumentException if it is malformed; the message says how
     */
    public static DestinationPattern ofSubscription(String text) {
        return new DestinationPattern(text, PatternSyntax.parse(text, false));
    }

    /**
     * A pattern as the application writes it, which may have {@code {name}} parts.
     *
     * @throws IllegalArgumentException if it is malformed; the message says how
     */
    public static DestinationPattern ofApplication(String text) {
        return new DestinationPattern(text, PatternSyntax.parse(text, true));
    }

    /** The set of one destination, whose parts are literals whatever they look like. */
    public static DestinationPattern ofDestination(String text) {
        return new DestinationPattern(text, PatternSyntax.split(text));
    }

    /** Whether the text of a destination has a part that is a wildcard. */
    public static boolean hasWildcard(String destination) {
        return PatternSyntax.mayHaveWildcard(destination)
                && split(destination).stream().anyMatch(part -> PatternSyntax.isWildcard(part.text()));
    }

    /** The parts of a destination, each a literal. */
    public static List<Part> split(String destination) {
        return PatternSyntax.split(destination);
    }

    /** The pattern as written. */
    public String text() {
        return text;
    }

    /** The parts, in order; unmodifiable. */
    public List<Part> parts() {
        return parts;
    }

    /** Whether it can match more than one destination. */
    public boolean isWildcard() {
        return parts.stream().anyMatch(part -> part.kind() != Kind.LITERAL);
    }

    /** Whether the variables of the pattern include this name. */
    public boolean hasVariable(String name) {
        return parts.stream()
                .anyMatch(part -> part.kind() == Kind.ONE && part.text().equals(name));
    }

    /** The pattern with a literal part in the place of a variable, whatever it looks like. */
    public DestinationPattern bind(String name, String literal) {
        var bound = parts.stream()
                .map(part -> part.kind() == Kind.ONE && part.text().equals(name)
                        ? new Part(part.separator(), Kind.LITERAL, literal)
                        : part)
                .toList();
        return new DestinationPattern(text.replace("{" + name + "}", literal), bound);
    }

    /** Whether a destination is in the set. */
    public boolean matches(String destination) {
        return isWildcard() ? overlap(split(destination)).isPresent() : text.equals(destination);
    }

    /**
     * The variables of a destination in the set.
     *
     * @return name to text, in the order of the pattern; empty if the destination does not match
     */
    public Optional<Map<String, String>> match(String destination) {
        return overlap(split(destination));
    }

    /**
     * The variables in terms of another pattern, if the two sets have a destination in common. A variable which the other
     * pattern leaves open is {@code *}.
     */
    public Optional<Map<String, String>> overlap(DestinationPattern other) {
        return overlap(other.parts);
    }

    /** Whether all destinations of another set are in this one. */
    public boolean covers(DestinationPattern other) {
        if (separatedByPrivacy(other.parts)) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            Part mine = parts.get(i);
            if (mine.kind() == Kind.REST) {
                return true;
            }
            if (i == other.parts.size() || !covers(mine, other.parts.get(i))) {
                return false;
            }
        }
        return parts.size() == other.parts.size();
    }

    private static boolean covers(Part mine, Part other) {
        boolean wider = mine.kind() == Kind.ONE || other.kind() == Kind.LITERAL;
        return other.kind() != Kind.REST && wider && overlaps(mine, other);
    }

    private Optional<Map<String, String>> overlap(List<Part> theirs) {
        if (separatedByPrivacy(theirs)) {
            return Optional.empty();
        }
        var variables = new LinkedHashMap<String, String>();
        int common = Math.min(parts.size(), theirs.size());
        for (int i = 0; i < common; i++) {
            Part mine = parts.get(i);
            Part other = theirs.get(i);
            if (mine.kind() == Kind.REST || other.kind() == Kind.REST) {
                return Optional.of(openRest(variables, i));
            }
            if (!overlaps(mine, other)) {
                return Optional.empty();
            }
            if (mine.kind() == Kind.ONE && !mine.text().isEmpty()) {
                variables.put(mine.text(), other.kind() == Kind.LITERAL ? other.text() : "*");
            }
        }
        boolean ends = parts.size() == theirs.size() || restFollows(parts, common) || restFollows(theirs, common);
        return ends ? Optional.of(openRest(variables, common)) : Optional.empty();
    }

    /** What is private to a session is out of the reach of a wildcard. */
    private boolean separatedByPrivacy(List<Part> theirs) {
        Part mine = parts.get(0);
        Part other = theirs.get(0);
        boolean wildcard = mine.kind() != Kind.LITERAL || other.kind() != Kind.LITERAL;
        return wildcard && (UserDestination.isPrivate(mine.text()) || UserDestination.isPrivate(other.text()));
    }

    private static boolean overlaps(Part a, Part b) {
        if (a.separator() != b.separator()) {
            return false;
        }
        if (a.kind() == Kind.LITERAL && b.kind() == Kind.LITERAL) {
            return a.text().equals(b.text());
        }
        // A wildcard stands for a part that is not empty.
        return !(isEmpty(a) || isEmpty(b));
    }

    private static boolean isEmpty(Part part) {
        return part.kind() == Kind.LITERAL && part.text().isEmpty();
    }

    private static boolean restFollows(List<Part> parts, int at) {
        return parts.size() == at + 1 && parts.get(at).kind() == Kind.REST;
    }

    private Map<String, String> openRest(Map<String, String> variables, int from) {
        for (Part part : parts.subList(from, parts.size())) {
            if (part.kind() == Kind.ONE && !part.text().isEmpty()) {
                variables.put(part.text(), "*");
            }
        }
        return variables;
    }

    /** Literal parts before wildcards, part by part; then a pattern before those that go on where it ends. */
    @Override
    public int compareTo(DestinationPattern other) {
        for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
            int byKind = BY_KIND.compare(parts.get(i), other.parts.get(i));
            if (byKind != 0) {
                return byKind;
            }
        }
        int byLength = Integer.compare(parts.size(), other.parts.size());
        return byLength != 0 ? byLength : text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DestinationPattern that && text.equals(that.text) && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
