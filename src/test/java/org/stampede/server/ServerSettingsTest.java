package org.stampede.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stampede.broker.embedded.EmbeddedBrokerLimits;
import org.stampede.broker.relay.BrokerProfile;

/** What the settings are, and that {@code docs/settings.md} tells the truth about them. */
class ServerSettingsTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(stampede[^`]+)` \\| (\\d+) \\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\|$");

    /** A row of the document. */
    private record Documented(String name, String normal, long least) {
        private Documented(MatchResult row) {
            this(row.group(1), row.group(2), Long.parseLong(row.group(3)));
        }
    }

    private static List<Documented> documented() throws IOException {
        String text = Files.readString(Path.of("docs/settings.md"));
        return ROW.matcher(text).results().map(Documented::new).toList();
    }

    private static final Pattern WORD =
            Pattern.compile("(?m)^\\| `(stampede[^`]+)` \\| `(\\w+)` \\| `(\\w+)` \\| ([^|]+) \\|$");

    /** A row of the document about a setting that is a word: its name, default, and other word. */
    private static List<MatchResult> documentedWords() throws IOException {
        return WORD.matcher(Files.readString(Path.of("docs/settings.md")))
                .results()
                .toList();
    }

    private static final Pattern TEXT = Pattern.compile("(?m)^\\| `(stampede[^`]+)` \\| ([^|]+) \\| ([^|]*) ?\\|$");

    /** A row of the document about a setting that is a text: its name, and default. */
    private static List<MatchResult> documentedTexts() throws IOException {
        return TEXT.matcher(Files.readString(Path.of("docs/settings.md")))
                .results()
                .toList();
    }

    private static ServerSettings read(Map<String, String> values) {
        return ServerSettings.read(name -> Optional.ofNullable(values.get(name)), "Test/1");
    }

    @Test
    void everySettingIsDocumented() throws IOException {
        var read = new TreeSet<String>();
        ServerSettings.read(
                name -> {
                    assertThat(read.add(name)).as(name + " is read once").isTrue();
                    return Optional.empty();
                },
                "Test/1");
        var names = Stream.of(
                        documented().stream().map(Documented::name),
                        documentedWords().stream().map(row -> row.group(1)),
                        documentedTexts().stream().map(row -> row.group(1)))
                .flatMap(stream -> stream);
        assertThat(names).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void theWordsAreThoseOfTheDocument() throws IOException {
        for (MatchResult row : documentedWords()) {
            String name = row.group(1);
            assertThat(read(Map.of(name, row.group(2)))).isEqualTo(read(Map.of()));
            assertThat(read(Map.of(name, row.group(3)))).as(name).isNotEqualTo(read(Map.of()));
            assertThatThrownBy(() -> read(Map.of(name, "perhaps")))
                    .hasMessage("Wrong settings:\n - " + name + " must be " + row.group(2) + " or " + row.group(3)
                            + ", and is \"perhaps\"");
        }
    }

    @Test
    void theDefaultsAreThoseOfTheDocument() throws IOException {
        var values = documented().stream().collect(Collectors.toMap(Documented::name, Documented::normal));
        assertThat(read(values)).isEqualTo(read(Map.of()));
        for (Documented row : documented()) {
            String other = String.valueOf(Long.parseLong(row.normal()) + 1);
            assertThat(read(Map.of(row.name(), other))).as(row.name()).isNotEqualTo(read(Map.of()));
        }
    }

    @Test
    void theLeastValuesAreThoseOfTheDocument() throws IOException {
        for (Documented row : documented()) {
            var values = new HashMap<>(Map.of("stampede.limit.body", "0", "stampede.relay.back-off.least", "10"));
            values.put(row.name(), "" + row.least());
            assertThat(read(values)).isNotNull();
            assertThatThrownBy(() -> read(Map.of(row.name(), "" + (row.least() - 1))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Wrong settings:\n - " + row.name() + " must be a whole number from " + row.least()
                            + " to 2147483647, and is \"" + (row.least() - 1) + "\"");
        }
    }

    @Test
    void theTextsAreThoseOfTheDocument() throws IOException {
        for (MatchResult row : documentedTexts()) {
            String normal = row.group(2).equals("none") ? "" : row.group(2).replace("`", "");
            assertThat(read(Map.of(row.group(1), normal))).as(row.group(1)).isEqualTo(read(Map.of()));
        }
    }

    @Test
    void theRelayIsReadAsWritten() {
        var options = read(Map.ofEntries(
                        Map.entry("stampede.broker", "relay"),
                        Map.entry("stampede.relay.profile", "classic"),
                        Map.entry("stampede.relay.addresses", "one:1 , [::1]:2"),
                        Map.entry("stampede.relay.virtual-host", "shop"),
                        Map.entry("stampede.relay.system.login", "server"),
                        Map.entry("stampede.relay.system.passcode", "secret"),
                        Map.entry("stampede.relay.tls", "on"),
                        Map.entry("stampede.relay.trust-store", "trust.p12"),
                        Map.entry("stampede.relay.trust-store-password", "secret")))
                .relay();
        assertThat(options.isOn()).isTrue();
        assertThat(options.relay().profile()).isEqualTo(BrokerProfile.CLASSIC);
        assertThat(options.relay().addresses()).hasToString("[one:1, [::1]:2]");
        assertThat(options.relay().virtualHost()).isEqualTo("shop");
        assertThat(options.relay().client()).isEqualTo(options.relay().system());
        assertThat(options.tls().orElseThrow().trusted().orElseThrow().path()).hasToString("trust.p12");
        assertThat(options.tls().orElseThrow().own()).isEmpty();
        assertThat(options.toString()).contains("server", "trust.p12").doesNotContain("secret");
    }

    @Test
    void clientsMayBeOtherUsersOfTheBroker() {
        var relay = read(Map.of("stampede.relay.client.login", "pages", "stampede.relay.client.passcode", "known"))
                .relay()
                .relay();
        assertThat(relay.client().login()).isEqualTo("pages");
        assertThat(relay.system().login()).isEmpty();
    }

    @Test
    void faultsOfTheRelayAreNamed() {
        assertThatThrownBy(() -> read(Map.of(
                        "stampede.relay.profile", "kafka",
                        "stampede.relay.addresses", "one:1,two",
                        "stampede.relay.back-off.most", "499")))
                .hasMessage("""
                        Wrong settings:
                         - stampede.relay.back-off.most must be at least stampede.relay.back-off.least, which is 500, and is 499
                         - stampede.relay.profile must be rabbitmq or artemis or classic, and is "kafka"
                         - stampede.relay.addresses must be addresses such as broker.example:61613, separated by commas, and is\
                         "one:1,two\"""");
    }

    @Test
    void clientsOverTcpAreReadAsWritten() {
        var tcp = read(Map.of(
                        "stampede.tcp.port", "61613",
                        "stampede.tcp.address", "0.0.0.0",
                        "stampede.tcp.tls", "on",
                        "stampede.tcp.key-store", "key.p12",
                        "stampede.tcp.key-store-password", "secret"))
                .tcp();
        assertThat(tcp.isOn()).isTrue();
        assertThat(tcp.address()).hasToString("0.0.0.0:61613");
        assertThat(tcp.tls().orElseThrow().own().orElseThrow().path()).hasToString("key.p12");
        assertThat(tcp.tls().orElseThrow().trusted()).isEmpty();
        assertThat(tcp.toString()).doesNotContain("secret");
        assertThat(read(Map.of()).tcp().isOn()).isFalse();
    }

    @Test
    void faultsOfTcpAreNamed() {
        assertThatThrownBy(() -> read(Map.of("stampede.tcp.port", "65536", "stampede.tcp.tls", "on")))
                .hasMessage("""
                        Wrong settings:
                         - stampede.tcp.port must be at most 65535, and is 65536
                         - stampede.tcp.tls needs a certificate, so stampede.tcp.key-store must be set""");
    }

    @Test
    void originsAreAList() throws IOException {
        assertThat(Files.readString(Path.of("docs/settings.md"))).contains("| `stampede.origins` | none |");
        var origins = read(Map.of("stampede.origins", "https://a.example , https://b.example"))
                .security()
                .origins();
        assertThat(origins.allowed()).hasSize(2);
        assertThat(read(Map.of()).security().origins()).isEqualTo(Origins.of(List.of()));
        assertThatThrownBy(() -> read(Map.of("stampede.origins", "https://a.example,b.example")))
                .hasMessage(
                        "Wrong settings:\n - stampede.origins must be origins such as https://example.com, separated by"
                                + " commas, or *, and is \"https://a.example,b.example\"");
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThatThrownBy(() -> read(Map.of(
                        "stampede.limit.body", "1 MiB",
                        "stampede.connect-time", "3000000000",
                        "stampede.queue.count", "-1",
                        "stampede.heart-beat.send", "1.5")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("""
                        Wrong settings:
                         - stampede.limit.body must be a whole number from 0 to 2147483647, and is "1 MiB"
                         - stampede.heart-beat.send must be a whole number from 0 to 2147483647, and is "1.5"
                         - stampede.connect-time must be a whole number from 10 to 2147483647, and is "3000000000"
                         - stampede.queue.count must be a whole number from 1 to 2147483647, and is "-1\"""");
    }

    @Test
    void aFrameMustHaveRoomForItsBody() {
        assertThatThrownBy(() -> read(Map.of("stampede.limit.body", "2000000")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Wrong settings:\n - stampede.limit.frame must be at least stampede.limit.body, which is 2000000,"
                                + " and is 1179648");
        assertThat(read(Map.of("stampede.limit.body", "2000000", "stampede.limit.frame", "2100000"))
                        .frames()
                        .body())
                .isEqualTo(2_000_000);
    }

    @Test
    void theWatermarkIsAPercentage() {
        assertThat(read(Map.of("stampede.queue.watermark", "100")).broker().watermark())
                .isEqualTo(100);
        assertThatThrownBy(() -> read(Map.of("stampede.queue.watermark", "101")))
                .hasMessage("Wrong settings:\n - stampede.queue.watermark must be at most 100, and is 101");
    }

    @Test
    void blanksAroundAValueAreIgnoredAndAnEmptyOneIsNone() {
        var settings = read(Map.of("stampede.limit.subscriptions", " 7 ", "stampede.limit.headers", " "));
        assertThat(settings.session().subscriptions()).isEqualTo(7);
        assertThat(settings.frames().headers()).isEqualTo(100);
    }

    @Test
    void theBrokersDefaultsAreItsOwn() {
        assertThat(read(Map.of()).broker()).isEqualTo(EmbeddedBrokerLimits.DEFAULTS);
    }
}
