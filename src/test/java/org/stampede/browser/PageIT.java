package org.stampede.browser;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.stampede.testing.server.ServerProcess;

/** The page as its visitors have it. */
@ExtendWith(OnStage.class)
class PageIT {

    private final ServerProcess server;
    private final Browser browser;
    private final Board board;

    PageIT(ServerProcess server, Browser browser) {
        this.server = server;
        this.browser = browser;
        this.board = new Board(browser);
    }

    @BeforeEach
    void openPage() {
        browser.resize(1440, 900);
        browser.prefer("light");
        browser.open(server.page("/"));
        browser.awaitText("#connection-state", "Live");
        browser.awaitText("#instrument-ticker", "MMM");
        signIn("trader", "bulls-and-bears");
        browser.awaitText("#visitor-name", "trader");
    }

    @AfterEach
    void nothingToComplainOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void allStocksAreQuotedAndTheirPricesMove() {
        board.awaitMovingPrices();
    }

    @Test
    void theChartAndTheTicketFollowTheChosenStock() {
        browser.element("#quotes tr[data-ticker=KO] .company").click();
        assertThat(browser.text("#instrument-ticker")).isEqualTo("KO");
        assertThat(browser.text("#instrument-company")).isEqualTo("Coca-Cola");
        assertThat(browser.element("#ticker").getDomProperty("value")).isEqualTo("KO");
        assertThat(browser.element("#quotes tr[data-ticker=KO] .pick").getDomAttribute("aria-pressed"))
                .isEqualTo("true");
        assertThat(browser.element("#chart canvas").isDisplayed()).isTrue();
    }

    @Test
    void theBoardIsWorkedByKeysAlone() {
        browser.element("#quotes tr[data-ticker=MMM] .pick").sendKeys(Keys.ARROW_DOWN);
        assertThat(browser.focused().getText()).isEqualTo("MRK");
        browser.focused().sendKeys(Keys.HOME);
        assertThat(browser.focused().getText()).isEqualTo("AAPL");
        browser.focused().sendKeys(Keys.ENTER);
        assertThat(browser.text("#instrument-ticker")).isEqualTo("AAPL");
        assertThat(browser.focused().getDomProperty("tabIndex")).isEqualTo("0");
        assertThat(browser.elements("#quotes .pick[tabindex='0']")).hasSize(1);
    }

    @Test
    void aTradeIsConfirmedAndShownToAll() {
        order("MMM", "44");
        browser.awaitText("#outcome", "Bought 44 MMM at ");
        browser.awaitText("#trades tr:first-child", "YouBuyMMM44");
        assertThat(browser.text("#submit")).isEqualTo("Buy MMM");
    }

    @Test
    void aPositionFollowsItsTradesAndIsThereAfterAReload() {
        order("V", "12");
        browser.awaitText("#outcome", "Bought 12 V at ");
        String bought = position("V");
        browser.element("label[for=action-sell]").click();
        order("V", "5");
        browser.awaitText("#outcome", "Sold 5 V at ");
        await().untilAsserted(
                        () -> assertThat(Integer.parseInt(position("V"))).isEqualTo(Integer.parseInt(bought) - 5));
        String left = position("V");
        openPage();
        await().untilAsserted(() -> assertThat(position("V")).isEqualTo(left));
        assertThat(browser.text("#positions tr[data-ticker=V] .gain")).isNotEmpty();
        assertThat(browser.elements("#trades .you")).isNotEmpty();
    }

    @Test
    void whoSignsOutSeesNeitherTicketNorPositionsAndTheQuotesGoOn() {
        aTradeIsConfirmedAndShownToAll();
        browser.element("#sign-out").click();
        browser.awaitText("#ticket-title", "Sign in to trade");
        assertThat(browser.element("#ticket").isDisplayed()).isFalse();
        assertThat(browser.element("#visitor").isDisplayed()).isFalse();
        assertThat(browser.elements("#positions tr")).isEmpty();
        browser.awaitText("#trades tr:first-child", "traderBuyMMM44");
        allStocksAreQuotedAndTheirPricesMove();
        browser.photograph("visitor");
    }

    @Test
    void aGuestWatchesAndHasNoTicket() {
        browser.element("#sign-out").click();
        signIn("guest", "just-looking");
        browser.awaitText("#visitor-name", "guest");
        browser.awaitText("#sign-in-outcome", "may watch");
        assertThat(browser.element("#ticket").isDisplayed()).isFalse();
        allStocksAreQuotedAndTheirPricesMove();
    }

    @ParameterizedTest
    @CsvSource({"trader, wrong", "nobody, bulls-and-bears"})
    void whatWasWrongIsNotToldToWhoFailsToSignIn(String name, String passcode) {
        browser.element("#sign-out").click();
        signIn(name, passcode);
        browser.awaitText("#sign-in-outcome", "The name or the passcode is wrong.");
        assertThat(browser.focused()).isEqualTo(browser.element("#passcode"));
        browser.awaitText("#connection-state", "Live");
        allStocksAreQuotedAndTheirPricesMove();
    }

    @Test
    void sharesAreSoldAsTheyAreBought() {
        browser.element("label[for=action-sell]").click();
        order("KO", "7");
        browser.awaitText("#outcome", "Sold 7 KO at ");
        browser.awaitText("#trades tr:first-child", "YouSellKO7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "0"})
    void tooFewSharesAreBlamedOnTheirField(String shares) {
        order("MMM", shares);
        browser.awaitText("#shares-error", "Shares must be greater than 0.");
        WebElement field = browser.element("#shares");
        assertThat(field.getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(field.getDomAttribute("aria-describedby")).isEqualTo("shares-error");
        assertThat(browser.focused()).isEqualTo(field);
        assertThat(browser.element("#ticker-error").isDisplayed()).isFalse();
        aTradeIsConfirmedAndShownToAll();
        assertThat(browser.element("#shares-error").isDisplayed()).isFalse();
    }

    @Test
    void anUnknownTickerIsBlamedOnItsField() {
        order("XYZ", "44");
        browser.awaitText("#ticker-error", "Ticker must be a listed ticker, such as MMM.");
        browser.awaitText("#outcome", "The order was refused.");
        assertThat(browser.element("#ticker").getDomAttribute("aria-invalid")).isEqualTo("true");
        aTradeIsConfirmedAndShownToAll();
    }

    @Test
    void allFaultsOfAnOrderAreShownTogether() {
        order("XYZ", "1.5");
        browser.awaitText("#ticker-error", "Ticker must be a listed ticker");
        browser.awaitText("#shares-error", "Shares must be a whole number.");
        browser.photograph("refused");
    }

    @Test
    void anOrderThatIsNotJsonIsRefusedWithThePlaceOfTheFault() {
        publish("{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\",44}");
        browser.awaitText("#outcome", "The body cannot be read.");
        assertThat(browser.text("#outcome")).contains("line 1, column 40");
        aTradeIsConfirmedAndShownToAll();
    }

    @Test
    void anActionThatDoesNotExistIsRefusedWithThoseThatDo() {
        publish("{\"action\":\"HOLD\",\"ticker\":\"MMM\",\"shares\":44}");
        browser.awaitText("#action-error", "Action must be BUY or SELL.");
    }

    @Test
    void theChosenThemeIsRemembered() {
        assertThat(theme()).isEqualTo("light");
        browser.element("#theme-toggle").click();
        browser.open(server.page("/"));
        assertThat(theme()).isEqualTo("dark");
        assertThat(browser.element("#theme-toggle").getDomAttribute("aria-pressed"))
                .isEqualTo("true");
        browser.run("localStorage.clear()");
    }

    @Test
    void theThemeIsThatOfTheSystemUntilOneIsChosen() {
        browser.prefer("dark");
        await().until(() -> theme().equals("dark"));
    }

    @Test
    void nothingSticksOutOnAPhone() {
        browser.resize(375, 812);
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo("375");
        browser.photograph("phone");
        browser.element("#sign-out").click();
        browser.awaitText("#ticket-title", "Sign in to trade");
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo("375");
        browser.photograph("phone-visitor");
    }

    @Test
    void thePageComesBackWhenTheServerWasRestarted() {
        order("CAT", "3");
        browser.awaitText("#outcome", "Bought 3 CAT at ");
        browser.awaitText("#trades tr:first-child", "YouBuyCAT3");
        String kept = position("CAT");
        server.stop();
        browser.awaitText("#connection-state", "Connection lost");
        browser.awaitText("#connection-detail", "reconnecting");
        assertThat(browser.element("#submit").isEnabled()).isFalse();
        server.startAgain();
        await().atMost(ofMinutes(1))
                .until(() -> browser.text("#connection-state").equals("Live"));
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("WebSocket connection to"));
        allStocksAreQuotedAndTheirPricesMove();
        aTradeIsConfirmedAndShownToAll();
        assertThat(position("CAT")).isEqualTo(kept);
        assertThat(browser.text("#trades")).contains("YouBuyCAT3");
    }

    private void signIn(String name, String passcode) {
        board.signIn(name, passcode);
    }

    /** How many shares of a stock the visitor has. */
    private String position(String ticker) {
        String shares = "#positions tr[data-ticker=" + ticker + "] .shares";
        await().until(() ->
                !browser.elements(shares).isEmpty() && !browser.text(shares).isEmpty());
        return browser.text(shares).replace("\u2212", "-");
    }

    private String theme() {
        return browser.run("return document.documentElement.dataset.theme");
    }

    private void order(String ticker, String shares) {
        board.order(ticker, shares);
    }

    /** Sends a body as it is, through the client of the page. */
    private void publish(String body) {
        browser.run("""
                const body = arguments[0];
                import(new URL("js/main.js", document.baseURI))
                    .then(({ connection }) => connection.client.publish({ destination: "/queue/trade", body }))
                """, body);
    }
}
