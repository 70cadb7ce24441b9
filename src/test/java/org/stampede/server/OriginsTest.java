package org.stampede.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private static final Origins OWN = Origins.of(List.of());

    @ParameterizedTest
    @CsvSource({
        "http://example.com, example.com",
        "http://example.com, example.com:80",
        "https://example.com, example.com",
        "https://example.com, example.com:443",
        "http://example.com:8080, example.com:8080",
        "HTTP://Example.com, eXample.com",
        "http://[::1]:8080, [::1]:8080"
    })
    void theOwnOriginIsAllowed(String origin, String host) {
        assertThat(OWN.allow(origin, host, false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.com, example.com",
        "http://example.com.evil.com, example.com",
        "http://evilexample.com, example.com",
        "http://www.example.com, example.com",
        "http://example.com:8081, example.com:8080",
        "http://example.com, example.com:8080",
        "http://example.com, example.com:443",
        "https://example.com, example.com:80",
        "null, example.com",
        "'', example.com",
        "example.com, example.com",
        "//example.com, example.com",
        "file://, example.com",
        "ftp://example.com, example.com",
        "http://example.com/, example.com",
        "http://example.com?, example.com",
        "http://example.com#, example.com",
        "http://ann@example.com, example.com",
        "http://example.com http://evil.com, example.com",
        "http://exa_mple, exa_mple",
        "http://evil.com, 'evil.com/x'",
        "http://evil.com, 'x@evil.com'",
        "http://example.com, ''"
    })
    void everyOtherIsNot(String origin, String host) {
        assertThat(OWN.allow(origin, host, false)).isFalse();
    }

    @Test
    void aPageWithoutTlsIsAnotherOriginToAServerWithTls() {
        assertThat(OWN.allow("http://example.com", "example.com", true)).isFalse();
        assertThat(OWN.allow("https://example.com", "example.com", true)).isTrue();
    }

    @Test
    void whatIsOnTheListIsAllowedAsWell() {
        var origins = Origins.of(List.of("https://a.example", "http://b.example:81"));
        assertThat(origins.allow("https://a.example", "example.com", true)).isTrue();
        assertThat(origins.allow("https://A.example:443", "example.com", true)).isTrue();
        assertThat(origins.allow("http://b.example:81", "example.com", true)).isTrue();
        assertThat(origins.allow("https://example.com", "example.com", true)).isTrue();
        assertThat(origins.allow("http://a.example", "example.com", true)).isFalse();
        assertThat(origins.allow("https://x.a.example", "example.com", true)).isFalse();
    }

    @Test
    void theStarAllowsAll() {
        assertThat(Origins.of(List.of("*")).allow("null", "example.com", true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "https://example.com/", "https://*.example.com", "null", "ws://example.com"})
    void whatIsNoOriginIsRefused(String text) {
        assertThatThrownBy(() -> Origins.of(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
