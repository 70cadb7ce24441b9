package org.stampede.browser;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.openqa.selenium.WebElement;

/** The page of the sample, as its visitors work with it. Confined to the thread of the tests. */
final class Board {

    private final Browser browser;

    Board(Browser browser) {
        this.browser = browser;
    }

    void signIn(String name, String passcode) {
        browser.awaitText("#ticket-title", "Sign in to trade");
        await().until(() -> browser.element("#sign-in-submit").isEnabled());
        fill("#name", name);
        fill("#passcode", passcode);
        browser.element("#sign-in-submit").click();
    }

    void order(String ticker, String shares) {
        fill("#ticker", ticker);
        fill("#shares", shares);
        browser.element("#submit").click();
    }

    private void fill(String selector, String text) {
        WebElement field = browser.element(selector);
        field.clear();
        field.sendKeys(text);
    }

    /** All stocks are quoted, and each price changes. */
    void awaitMovingPrices() {
        await().until(() -> browser.elements("#quotes tr").size() >= 20);
        List<String> before = prices();
        await().atMost(ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(prices()).hasSameSizeAs(before).noneMatch(price -> before.contains(price)));
    }

    private List<String> prices() {
        return List.of(browser.run("""
                return [...document.querySelectorAll("#quotes tr")]
                    .map((row) => row.dataset.ticker + row.querySelector(".price").textContent).join()
                """).split(","));
    }
}
