package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.SEND;

import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;
import org.stampede.testing.StompItem;

/** The values of the codec: {@link Frame}, {@link Headers}, {@link Command}, {@link AckMode}, {@link Quoted}. */
class FrameTest {

    private static final Headers HEADERS = Headers.of("a", "1", "b", "2", "a", "3");

    @Test
    void bodyCannotBeChangedFromOutside() {
        byte[] body = {1, 2};
        Frame frame = Frame.of(SEND, Headers.NONE, body);
        body[0] = 9;
        frame.bodyBytes()[0] = 9;
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> frame.body().put(0, (byte) 9));
        assertThat(frame.bodyBytes()).containsExactly(1, 2);
    }

    @Test
    void sameBodyGoesOnUnderAnotherCommand() {
        assertThat(Frame.of(SEND, HEADERS, "x").with(MESSAGE, Headers.of("c", "4")))
                .isEqualTo(Frame.of(MESSAGE, Headers.of("c", "4"), "x"))
                .hasSameHashCodeAs(Frame.of(MESSAGE, Headers.of("c", "4"), "x"))
                .isNotEqualTo(Frame.of(MESSAGE, Headers.of("c", "4"), "y"))
                .isNotEqualTo(Frame.of(MESSAGE, Headers.NONE, "x"))
                .isNotEqualTo(Frame.of(SEND, Headers.of("c", "4"), "x"));
        assertThat(Frame.of(SEND, HEADERS, "x").with(Headers.NONE)).isEqualTo(Frame.of(SEND, Headers.NONE, "x"));
    }

    @Test
    void weightGrowsWithHeadersAndBody() {
        int bare = Frame.of(SEND).weight();
        int withHeader = Frame.of(SEND, Headers.of("ab", "cde")).weight();
        assertThat(withHeader).isGreaterThan(bare + 5);
        assertThat(Frame.of(SEND, Headers.of("ab", "cde"), "body").weight()).isEqualTo(withHeader + 4);
    }

    @Test
    void descriptionHoldsNoSecretsAndNoRawNames() {
        assertThat(Frame.of(SEND, Headers.of("passcode", "secret", "a\nb", "1"), "hidden"))
                .hasToString("SEND [\"passcode\", \"a\\u000ab\"] 6 octets");
    }

    @Test
    @StompItem(13)
    void firstEntryOfANameCounts() {
        assertThat(HEADERS.first("a")).contains("1");
        assertThat(HEADERS.all("a")).containsExactly("1", "3");
        assertThat(HEADERS.contains("c")).isFalse();
        assertThat(HEADERS.size()).isEqualTo(3);
        assertThat(HEADERS.asMap()).hasToString("{a=1, b=2}");
    }

    @Test
    @StompItem(14)
    void headersAreUpdatedInCopies() {
        assertThat(HEADERS.with("a", "9")).isEqualTo(Headers.of("b", "2", "a", "9"));
        assertThat(HEADERS.plus("a", "9").all("a")).containsExactly("1", "3", "9");
        assertThat(HEADERS.filter(name -> name.equals("b"))).isEqualTo(Headers.of("b", "2"));
        assertThat(HEADERS.filter(name -> true)).isSameAs(HEADERS);
        assertThat(HEADERS).isEqualTo(Headers.of("a", "1", "b", "2", "a", "3"));
    }

    @Test
    void headersComeInPairs() {
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("a"));
        assertThat(Headers.of()).isSameAs(Headers.NONE);
    }

    @Test
    @StompItem(4)
    void commandsAreFoundByTheirExactNames() {
        for (Command command : Command.values()) {
            assertThat(Command.of(command.name())).contains(command);
        }
        assertThat(Command.of("Send")).isEmpty();
        assertThat(Command.of("")).isEmpty();
    }

    @Test
    @StompItem(25)
    void stompOpensAConnectionLikeConnect() {
        assertThat(Command.values())
                .filteredOn(Command::opensConnection)
                .containsExactly(Command.CONNECT, Command.STOMP);
        assertThat(Command.STOMP.escapesHeaders()).isFalse();
        assertThat(Command.STOMP.sender()).isEqualTo(Command.Sender.CLIENT);
    }

    @Test
    @StompItem(48)
    void ackModesAreFoundByTheirValues() {
        for (AckMode mode : AckMode.values()) {
            assertThat(AckMode.of(mode.value())).contains(mode);
        }
        assertThat(AckMode.of("CLIENT")).isEmpty();
        assertThat(AckMode.CLIENT_INDIVIDUAL.value()).isEqualTo("client-individual");
    }

    @Test
    void quotedTextIsShortAndCannotForgeALogLine() {
        assertThat(Quoted.of("plain \"ä\"")).isEqualTo("\"plain \"ä\"\"");
        assertThat(Quoted.of("a\r\n\u001B\u2028\u202E\uD83D"))
                .isEqualTo("\"a\\u000d\\u000a\\u001b\\u2028\\u202e\\ud83d\"");
        assertThat(Quoted.of("x".repeat(80))).isEqualTo("\"" + "x".repeat(80) + "\"");
        assertThat(Quoted.of("x".repeat(81))).isEqualTo("\"" + "x".repeat(80) + "\"...");
    }
}
