package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.testing.StompItem;

/** The arithmetic of heart-beats (STOMP 1.2, section Heart-beating). */
class HeartBeatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,0 | 0 | 0",
                "10000,5000 | 10000 | 5000",
                "10000, 10000 | 10000 | 10000",
                "000,007 | 0 | 7",
                "2147483648,99999999999999999999 | 2147483647 | 2147483647"
            })
    @StompItem(35)
    void headerIsTwoIntegers(String header, int canSend, int wants) {
        assertThat(HeartBeat.parse(header)).contains(new HeartBeat(canSend, wants));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "1", "1,", ",1", "-1,0", "0,-1", "1,2,3", "1.5,2", "a,b", "+1,0", "1;2", "١,٢"})
    @StompItem(35)
    void anythingElseIsNone(String header) {
        assertThat(HeartBeat.parse(header)).isEmpty();
    }

    @Test
    @StompItem(35)
    void intervalMustNotBeNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HeartBeat(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeartBeat(0, -1));
    }

    @Test
    @StompItem(35)
    void valueIsTheHeader() {
        assertThat(new HeartBeat(10, 20).value()).isEqualTo("10,20");
        assertThat(HeartBeat.parse(new HeartBeat(10, 20).value())).contains(new HeartBeat(10, 20));
    }

    @Test
    @StompItem(36)
    void missingHeaderMeansNone() {
        assertThat(HeartBeat.NONE.value()).isEqualTo("0,0");
    }

    @ParameterizedTest
    @CsvSource({
        // ours, theirs, what we send, what we receive
        "'10,20','30,40',40,30",
        "'50,20','30,40',50,30",
        "'10,60','30,40',40,60",
        "'0,20','30,40',0,30",
        "'10,0','30,40',40,0",
        "'10,20','0,40',40,0",
        "'10,20','30,0',0,30",
        "'0,0','30,40',0,0",
        "'10,20','0,0',0,0"
    })
    @StompItem(37)
    void slowerOfTheTwoSetsThePace(String ours, String theirs, int send, int receive) {
        HeartBeat server = HeartBeat.parse(ours).orElseThrow();
        HeartBeat client = HeartBeat.parse(theirs).orElseThrow();
        assertThat(server.sendInterval(client)).isEqualTo(send);
        assertThat(server.receiveInterval(client)).isEqualTo(receive);
        assertThat(client.receiveInterval(server)).isEqualTo(send);
    }
}
