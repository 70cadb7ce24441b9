package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.StompVersion.V1_0;
import static org.stampede.stomp.StompVersion.V1_1;
import static org.stampede.stomp.StompVersion.V1_2;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;

/** Escapes and padding of headers (STOMP 1.2, section Value Encoding), as {@link FrameParser} reads them. */
class EscapeTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "V1_0")
    @StompItem(8)
    void spacesBelongToNamesAndValues(StompVersion version) {
        assertThat(AnyCut.of(version).frame("SEND\n name : value \n\n^@").headers())
                .isEqualTo(Headers.of(" name ", " value "));
    }

    @Test
    @StompItem(8)
    void paddedContentLengthIsNoNumber() {
        assertThat(AnyCut.of(V1_2).fault("SEND\ncontent-length: 3\n\nabc^@")).contains("must be a number of octets");
    }

    @Test
    @StompItem(8)
    void version10Trims() {
        assertThat(AnyCut.of(V1_0)
                        .frame("SEND\n name : va lue \r\n\tother:\t\n\n^@")
                        .headers())
                .isEqualTo(Headers.of("name", "va lue", "other", ""));
        assertThat(AnyCut.of(V1_0).frame("SEND\ncontent-length: 3 \n\na^@c^@").bodyLength())
                .isEqualTo(3);
    }

    @Test
    @StompItem(8)
    void connectOfVersion10IsTrimmed() {
        assertThat(AnyCut.atStart().frame("CONNECT\nlogin: me\n\n^@").header("login"))
                .contains("me");
    }

    @Test
    @StompItem({7, 8})
    void nameOfSpacesIsEmptyInVersion10() {
        assertThat(AnyCut.of(V1_0).fault("SEND\n :value\n\n^@")).contains("must begin with a name");
    }

    @Test
    @StompItem(9)
    void version12HasFourEscapes() {
        assertThat(AnyCut.of(V1_2)
                        .frame("SEND\na\\cb:\\r\\n\\c\\\\ \\\\n \\\\\\\\end\n\n^@")
                        .header("a:b"))
                .contains("\r\n:\\ \\n \\\\end");
    }

    @Test
    @StompItem(9)
    void version11HasThreeEscapes() {
        assertThat(AnyCut.of(V1_1).frame("SEND\na\\cb:\\n\\c\\\\\n\n^@").header("a:b"))
                .contains("\n:\\");
    }

    @Test
    @StompItem(9)
    void version10HasNoEscapes() {
        assertThat(AnyCut.of(V1_0).frame("SEND\na:\\r\\n\\c\\\\\\x\\\n\n^@").header("a"))
                .contains("\\r\\n\\c\\\\\\x\\");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\t", "\\x", "\\", "a\\ b", "\\\\\\", "\\C", "\\0", "\\😀"})
    @StompItem(10)
    void undefinedEscapeIsAFault(String value) {
        assertThat(AnyCut.of(V1_2).fault("SEND\na:" + value + "\n\n^@")).contains("no escape of STOMP 1.2");
        assertThat(AnyCut.of(V1_1).fault("SEND\na:" + value + "\n\n^@")).contains("no escape of STOMP 1.1");
        assertThat(AnyCut.of(V1_1).fault("SEND\n" + value + ":a\n\n^@")).contains("no escape of STOMP 1.1");
    }

    @Test
    @StompItem(10)
    void escapedCarriageReturnIsAFaultInVersion11() {
        assertThat(AnyCut.of(V1_1).fault("SEND\na:\\r\n\n^@")).contains("no escape of STOMP 1.1");
    }

    @Test
    @StompItem(10)
    void backslashBeforeTheLineEndEscapesNothing() {
        assertThat(AnyCut.of(V1_2).fault("SEND\r\na:b\\\r\n\r\n^@")).contains("no escape of STOMP 1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "STOMP", "CONNECTED"})
    @StompItem(12)
    void connectAndConnectedAreNeverUnescaped(String command) {
        String wire = command + "\naccept-version:1.2\nversion:1.2\npasscode:\\n\\c\\\\\\x\n\n^@";
        assertThat(AnyCut.atStart().frame(wire).header("passcode")).contains("\\n\\c\\\\\\x");
        assertThat(AnyCut.of(V1_2).frame(wire).header("passcode")).contains("\\n\\c\\\\\\x");
    }

    @Test
    @StompItem({9, 29})
    void connectSettlesTheVersionOfWhatFollowsInTheSameInput() {
        assertThat(AnyCut.atStart()
                        .frames("CONNECT\naccept-version:1.0,1.1\n\n^@SEND\na:b\r\n\n^@")
                        .get(1)
                        .header("a"))
                .contains("b\r");
        assertThat(AnyCut.atStart()
                        .frames("CONNECT\n\n^@SEND\na: \\x\n\n^@")
                        .get(1)
                        .header("a"))
                .contains("\\x");
    }

    @Test
    @StompItem(9)
    void connectedSettlesTheVersionForAClient() {
        assertThat(AnyCut.atStart()
                        .frames("CONNECTED\nversion:1.1\n\n^@MESSAGE\na:b\r\n\n^@")
                        .get(1)
                        .header("a"))
                .contains("b\r");
        assertThat(AnyCut.atStart()
                        .frames("CONNECTED\nsession:1\n\n^@MESSAGE\na: \\x\n\n^@")
                        .get(1)
                        .header("a"))
                .contains("\\x");
    }

    @Test
    @StompItem(9)
    void laterConnectDoesNotChangeTheVersion() {
        assertThat(AnyCut.of(V1_2)
                        .frames("CONNECT\naccept-version:1.0\n\n^@SEND\na:\\c\n\n^@")
                        .get(1)
                        .header("a"))
                .contains(":");
    }

    @Test
    @StompItem(30)
    void withoutCommonVersionTheNewestIsRead() {
        assertThat(AnyCut.atStart()
                        .frames("CONNECT\naccept-version:3.0\n\n^@SEND\na:\\r\n\n^@")
                        .get(1)
                        .header("a"))
                .contains("\r");
    }
}
