package org.stampede.stomp;

/** Quotes what a peer sent, shortened and escaped, so that it is fit for a log or an ERROR. Stateless. */
public final class Quoted {

    private static final int MOST_CHARACTERS = 80;

    private Quoted() {}

    /** The text in double quotes, at most 80 characters of it, those that are not seen as {@code \}{@code uXXXX}. */
    public static String of(String text) {
        var out = new StringBuilder("\"");
        int end = Math.min(text.length(), MOST_CHARACTERS);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (isUnseen(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(end < text.length() ? "\"..." : "\"").toString();
    }

    /** Whether a character ends or reorders lines, or is no character. */
    private static boolean isUnseen(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
