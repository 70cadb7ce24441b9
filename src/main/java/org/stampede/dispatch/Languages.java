package org.stampede.dispatch;

import jakarta.validation.MessageInterpolator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which language a sender wants to be told of problems in (RFC 9110, section 12.5.4). Stateless. */
final class Languages {

    /** As in HTTP, on a SEND frame. */
    static final String HEADER = "accept-language";

    private Languages() {}

    /**
     * The locale that is preferred among those that Java knows, so that a client cannot make up new ones without end.
     *
     * @return empty if there is none, or the header is malformed
     */
    static Optional<Locale> preferred(String header) {
        try {
            var ranges = Locale.LanguageRange.parse(header);
            return Optional.ofNullable(Locale.lookup(ranges, List.of(Locale.getAvailableLocales())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes messages in one language. Immutable. */
    record Interpolator(MessageInterpolator texts, Locale locale) implements MessageInterpolator {

        @Override
        public String interpolate(String template, Context context) {
            return texts.interpolate(template, context, locale);
        }

        @Override
        public String interpolate(String template, Context context, Locale other) {
            return texts.interpolate(template, context, other);
        }
    }
}
