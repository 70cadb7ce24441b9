package org.stampede.dispatch;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code content-type} header (STOMP 1.2, section Header content-type): a media type, and perhaps a charset. Immutable.
 *
 * @param mediaType in small letters, empty if there is no such header
 * @param charset   UTF-8 if none is named, empty if it is not known here
 */
record ContentType(String mediaType, Optional<Charset> charset) {

    static ContentType parse(String header) {
        String[] parts = header.split(";");
        Optional<Charset> charset = Optional.of(StandardCharsets.UTF_8);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, "charset=", 0, 8)) {
                charset = known(parameter.substring(8).replace("\"", "").strip());
            }
        }
        return new ContentType(parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), charset);
    }

    private static Optional<Charset> known(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether text of this type can be read and written. */
    boolean isText() {
        return charset.isPresent() && charset.get().canEncode();
    }

    /** Whether JSON may be expected: many a client calls it plain text. */
    boolean isReadAsJson() {
        return isText() && (isWrittenAsJson() || mediaType.equals("text/plain"));
    }

    /** Whether it is a type of JSON, or none at all. */
    boolean isWrittenAsJson() {
        return isText()
                && (mediaType.isEmpty()
                        || mediaType.equals("application/json")
                        || mediaType.equals("text/json")
                        || mediaType.endsWith("+json"));
    }
}
