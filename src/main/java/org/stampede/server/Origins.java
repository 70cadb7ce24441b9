package org.stampede.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From which web sites browsers may connect (RFC 6455, section 10.2): the server's own, and those on a list. Immutable.
 *
 * @param any     whether from everywhere
 * @param allowed beside the server's own
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454, The Web Origin Concept</a>
 */
public record Origins(boolean any, Set<Origin> allowed) {

    private static final String ANY = "*";

    /**
     * A scheme, a host and a port.
     *
     * @param scheme in small letters
     * @param host   in small letters
     * @param port   that of the scheme if none is written
     */
    public record Origin(String scheme, String host, int port) {

        /** An origin as browsers write it; empty for what is none, {@code null} included. */
        static Optional<Origin> parse(String text) {
            try {
                var uri = new URI(text.toLowerCase(Locale.ROOT));
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                boolean bare = uri.getRawUserInfo() == null
                        && uri.getRawPath() != null
                        && uri.getRawPath().isEmpty()
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
                if (!web || !bare || uri.getHost() == null) {
                    return Optional.empty();
                }
                int normal = uri.getScheme().equals("https") ? 443 : 80;
                return Optional.of(
                        new Origin(uri.getScheme(), uri.getHost(), uri.getPort() == -1 ? normal : uri.getPort()));
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * The origins of a setting.
     *
     * @param texts origins, or {@code *} for all
     * @throws IllegalArgumentException if one is malformed
     */
    static Origins of(Collection<String> texts) {
        var origins = texts.stream()
                .filter(text -> !text.equals(ANY))
                .map(text -> Origin.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "must be origins such as https://example.com, separated by commas, or *")))
                .collect(Collectors.toUnmodifiableSet());
        return new Origins(texts.contains(ANY), origins);
    }

    /**
     * Whether a browser may connect.
     *
     * @param origin the {@code Origin} header
     * @param host   the {@code Host} header: what the browser takes the server's name for
     * @param secure whether the browser is known to speak TLS; then a page that came without is another origin
     */
    public boolean allow(String origin, String host, boolean secure) {
        if (any) {
            return true;
        }
        var from = Origin.parse(origin);
        return from.isPresent() && (allowed.contains(from.get()) || isOwn(from.get(), host, secure));
    }

    private static boolean isOwn(Origin from, String host, boolean secure) {
        boolean stripped = secure && !from.scheme().equals("https");
        return !stripped && Origin.parse(from.scheme() + "://" + host).equals(Optional.of(from));
    }
}
