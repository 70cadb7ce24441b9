package org.stampede.destination;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.stampede.destination.DestinationPattern.Kind;
import org.stampede.destination.DestinationPattern.Part;

/** How the text of a {@link DestinationPattern} is divided and read. Stateless. */
final class PatternSyntax {

    private PatternSyntax() {}

    /** The parts of a destination, each a literal. */
    static List<Part> split(String destination) {
        var parts = new ArrayList<Part>();
        int start = 0;
        char separator = 0;
        for (int i = 0; i < destination.length(); i++) {
            char c = destination.charAt(i);
            if (c == '/' || c == '.') {
                if (i > 0) {
                    parts.add(new Part(separator, Kind.LITERAL, destination.substring(start, i)));
                }
                separator = c;
                start = i + 1;
            }
        }
        parts.add(new Part(separator, Kind.LITERAL, destination.substring(start)));
        return parts;
    }

    /**
     * The parts of a pattern.
     *
     * @param names whether {@code {name}} is a wildcard
     */
    static List<Part> parse(String text, boolean names) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A destination must not be empty.");
        }
        List<Part> literals = split(text);
        var parts = new ArrayList<Part>(literals.size());
        for (int i = 0; i < literals.size(); i++) {
            Part part = parsePart(literals.get(i), names, text);
            if (part.kind() == Kind.REST && i < literals.size() - 1) {
                throw new IllegalArgumentException(
                        "In " + text + " the wildcard " + literals.get(i).text() + " must be the last part.");
            }
            parts.add(part);
        }
        refuseRepeatedNames(text, parts);
        return parts;
    }

    private static Part parsePart(Part literal, boolean names, String whole) {
        String text = literal.text();
        if (text.equals("*")) {
            return new Part(literal.separator(), Kind.ONE, "");
        }
        if (isWildcard(text)) {
            return new Part(literal.separator(), Kind.REST, "");
        }
        if (text.indexOf('*') >= 0) {
            throw new IllegalArgumentException(
                    "In " + whole + " the wildcard * must stand for a whole part, between separators.");
        }
        if (names && (text.indexOf('{') >= 0 || text.indexOf('}') >= 0)) {
            return new Part(literal.separator(), Kind.ONE, nameOf(text, whole));
        }
        return literal;
    }

    /** Whether a part of a destination may be a wildcard; most have none, which need not be divided to tell. */
    static boolean mayHaveWildcard(String destination) {
        return destination.indexOf('*') >= 0 || destination.indexOf('#') >= 0 || destination.indexOf('>') >= 0;
    }

    static boolean isWildcard(String part) {
        return part.equals("*") || part.equals("**") || part.equals("#") || part.equals(">");
    }

    private static String nameOf(String part, String whole) {
        String name = part.substring(1, Math.max(1, part.length() - 1));
        boolean braced = part.length() > 2 && part.charAt(0) == '{' && part.charAt(part.length() - 1) == '}';
        if (!braced || name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
            throw new IllegalArgumentException(
                    "In " + whole + " a variable must be a whole part, such as {name} between separators.");
        }
        return name;
    }

    private static void refuseRepeatedNames(String text, List<Part> parts) {
        var seen = new HashSet<String>();
        for (Part part : parts) {
            if (part.kind() == Kind.ONE && !part.text().isEmpty() && !seen.add(part.text())) {
                throw new IllegalArgumentException("In " + text + " the variable {" + part.text() + "} is repeated.");
            }
        }
    }
}
