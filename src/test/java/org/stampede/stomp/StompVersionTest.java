package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.StompVersion.V1_0;
import static org.stampede.stomp.StompVersion.V1_1;
import static org.stampede.stomp.StompVersion.V1_2;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;

/** Negotiation of the version (STOMP 1.2, section Protocol Negotiation). */
class StompVersionTest {

    @Test
    @StompItem(27)
    void clientWithoutAcceptVersionSpeaks10() {
        assertThat(StompVersion.negotiate(Optional.empty())).contains(V1_0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0,1.1,1.2 | 1.2",
                "1.2,1.1,1.0 | 1.2",
                "1.1,1.0 | 1.1",
                "1.0 | 1.0",
                "1.2 | 1.2",
                "1.0, 1.1 | 1.1",
                "1.1,2.0,1.3 | 1.1",
                "1.0,1.0 | 1.0"
            })
    @StompItem({28, 29})
    void highestCommonVersionIsTakenInWhateverOrder(String offered, String taken) {
        assertThat(StompVersion.negotiate(Optional.of(offered))).isEqualTo(StompVersion.ofNumber(taken));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2.0", "1.3,3.0", ",", "1", "1.2.0", "v1.2"})
    @StompItem(30)
    void thereMayBeNoCommonVersion(String offered) {
        assertThat(StompVersion.negotiate(Optional.of(offered))).isEmpty();
    }

    @Test
    @StompItem(30)
    void supportedVersionsAreListedOldestFirst() {
        assertThat(StompVersion.numbers()).isEqualTo("1.0,1.1,1.2");
    }

    @ParameterizedTest
    @EnumSource
    @StompItem(29)
    void numberNamesTheVersion(StompVersion version) {
        assertThat(StompVersion.ofNumber(version.number())).contains(version);
        assertThat(StompVersion.ofNumber("1.3")).isEmpty();
    }

    @Test
    @StompItem(78)
    void subprotocolsAreNamedAsClientsExpect() {
        assertThat(V1_0.subprotocol()).isEqualTo("v10.stomp");
        assertThat(V1_1.subprotocol()).isEqualTo("v11.stomp");
        assertThat(V1_2.subprotocol()).isEqualTo("v12.stomp");
    }

    @Test
    void versionsAreOrdered() {
        assertThat(V1_1.isAtLeast(V1_1)).isTrue();
        assertThat(V1_2.isAtLeast(V1_1)).isTrue();
        assertThat(V1_0.isAtLeast(V1_1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT\naccept-version:1.2\n\n^@", "CONNECT\naccept-version:1.2\nhost:elsewhere\n\n^@"})
    @StompItem(31)
    void hostIsReadButNotDemanded(String connect) {
        assertThat(AnyCut.atStart().frame(connect).command()).isEqualTo(Command.CONNECT);
    }
}
