package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AccountsTest {

    @Test
    void thePageNamesTheAccountsOfTheFirstDay() throws Exception {
        assertThat(Files.readString(Path.of("src/main/webapp/index.html")))
                .contains(
                        "<code>trader</code> / <code>" + FirstDay.TRADERS_PASSCODE + "</code>",
                        "<code>guest</code> / <code>" + FirstDay.GUESTS_PASSCODE + "</code>");
    }
}
