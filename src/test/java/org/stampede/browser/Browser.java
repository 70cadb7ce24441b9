package org.stampede.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium: the installed one, or else the one that Selenium fetches. Confined to the thread of the tests.
 */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "browser");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver = new ChromeDriver(service(), options());

    Browser() {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
    }

    void open(URI page) {
        driver.get(page.toString());
    }

    void leave() {
        driver.get("about:blank");
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The text of an element, seen or unseen, read in one go: the page may change it at any moment. */
    String text(String selector) {
        return String.valueOf(
                driver.executeScript("return document.querySelector(arguments[0]).textContent.trim()", selector));
    }

    void awaitText(String selector, String part) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> selector + " reads \"" + text(selector) + "\" rather than \"" + part
                        + "\"; the page says " + run("""
                                return JSON.stringify([...document.querySelectorAll("[role=status], button, h2")]
                                    .map((told) => told.textContent.trim() + (told.disabled ? " (disabled)" : "")))
                                """) + ", the browser " + complaints())
                .until(ignored -> text(selector).contains(part));
    }

    /** The element that has the focus. */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Runs the body of a function and returns as text what it returns. */
    String run(String script, Object... arguments) {
        return String.valueOf(driver.executeScript(script, arguments));
    }

    /** Runs the body of an asynchronous function, and returns what its promise brings. */
    Object await(String script) {
        Object answer = driver.executeAsyncScript("""
                const done = arguments[0];
                (async () => { %s })().then((value) => done({ value }), (fault) => done({ fault: String(fault) }));
                """.formatted(script));
        if (answer instanceof Map<?, ?> map && map.get("fault") == null) {
            return Objects.requireNonNullElse(map.get("value"), "");
        }
        throw new AssertionError("The script failed: " + answer);
    }

    /** Warnings and errors of the page since the last time, violations of its security policy among them. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Makes the window as large as this, in pixels of a style sheet. */
    void resize(int width, int height) {
        boolean phone = width < 600;
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    /** Has the system prefer light or dark colours. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Keeps a picture of the window among the files of the build. */
    void photograph(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static ChromeDriverService service() {
        var builder = new ChromeDriverService.Builder();
        return (Files.exists(CHROMEDRIVER) ? builder.usingDriverExecutable(CHROMEDRIVER.toFile()) : builder).build();
    }

    private static ChromeOptions options() {
        var options = new ChromeOptions();
        if (Files.exists(CHROMIUM)) {
            options.setBinary(CHROMIUM.toFile());
        }
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }
}
