package org.stampede.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpAddressTest {

    @Test
    void aHostAndAPortAreRead() {
        assertThat(TcpAddress.parse("broker.example:61613")).isEqualTo(new TcpAddress("broker.example", 61613));
        assertThat(TcpAddress.parse("[::1]:1")).isEqualTo(new TcpAddress("::1", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker.example:61613", "[::1]:1", "127.0.0.1:65535"})
    void itIsWrittenAsItIsRead(String text) {
        assertThat(TcpAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":1", "host:0", "host:65536", "host:-1", "::1:1", "host:x"})
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> TcpAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
