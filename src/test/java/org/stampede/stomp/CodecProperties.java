package org.stampede.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.stampede.testing.StompItem;

/** What holds of the codec for any frames, versions, octets, and cuts of the input. */
class CodecProperties {

    /** Small limits, so that arbitrary input meets each of them. */
    private static final FrameLimits TIGHT = new FrameLimits(60, 3, 20, 12, 1_000, "test");

    @Property
    @StompItem({1, 9, 11, 12, 17, 82})
    void whatIsWrittenIsReadAgainHoweverItIsCut(
            @ForAll("frames") List<Frame> frames, @ForAll StompVersion version, @ForAll Random random) {
        byte[] wire = write(frames, version);
        FrameBatch batch = feed(parser(version, AnyCut.ROOMY), cut(wire, random));
        assertThat(batch.fault()).isEmpty();
        assertThat(batch.frames().stream().map(CodecProperties::withoutContentLength))
                .containsExactlyElementsOf(
                        frames.stream().map(f -> said(f, version)).toList());
    }

    @Property
    @StompItem({5, 82})
    void textAndOctetsAreTheSame(@ForAll("frames") List<Frame> frames, @ForAll StompVersion version) {
        for (Frame frame : frames) {
            byte[] octets = FrameWriter.octets(frame, version);
            FrameWriter.text(frame, version)
                    .ifPresent(text ->
                            assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(octets));
        }
    }

    @Property(tries = 3_000)
    @StompItem({10, 15})
    void anyInputYieldsTheSameHoweverItIsCut(
            @ForAll("input") byte[] input, @ForAll StompVersion version, @ForAll Random random) {
        FrameBatch whole = feed(parser(version, TIGHT), List.of(input));
        AnyCut.assertSame(feed(parser(version, TIGHT), AnyCut.singly(input)), whole);
        AnyCut.assertSame(feed(parser(version, TIGHT), cut(input, random)), whole);
    }

    /** Whole frames are read the fast way, single octets never are; text may be kept, octets are copied. */
    @Property(tries = 3_000)
    @StompItem({10, 15})
    void framesWithAFlawYieldTheSameHoweverTheyAreCut(
            @ForAll("flawed") byte[] input, @ForAll StompVersion version, @ForAll Random random) {
        for (FrameLimits limits : List.of(AnyCut.ROOMY, TIGHT)) {
            FrameBatch singly = feed(parser(version, limits), AnyCut.singly(input));
            AnyCut.assertSame(feed(parser(version, limits), List.of(input)), singly);
            AnyCut.assertSame(feed(parser(version, limits), cut(input, random)), singly);
            String text = new String(input, StandardCharsets.UTF_8);
            if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), input)) {
                AnyCut.assertSame(AnyCut.join(List.of(parser(version, limits).parse(text))), singly);
            }
        }
    }

    @Property
    @StompItem({7, 11})
    void noHeaderIsInjected(
            @ForAll("anyText") String name, @ForAll("anyText") String value, @ForAll StompVersion version) {
        Frame frame = Frame.of(Command.MESSAGE, "first", "1", name, value, "last", "2");
        FrameBatch batch = feed(parser(version, AnyCut.ROOMY), List.of(FrameWriter.octets(frame, version)));
        assertThat(batch.fault()).isEmpty();
        assertThat(batch.frames()).hasSize(1);
        Headers headers = batch.frames().get(0).headers();
        assertThat(headers.size()).isBetween(2, 3);
        assertThat(headers.first("first")).contains("1");
        assertThat(headers.all("last")).endsWith("2");
    }

    /** What the version can say of a frame. */
    private static Frame said(Frame frame, StompVersion version) {
        var said = new ArrayList<String>();
        frame.headers().forEach((name, value) -> {
            said.add(said(name, version));
            said.add(said(value, version));
        });
        return frame.with(Headers.of(said.toArray(String[]::new)));
    }

    private static String said(String text, StompVersion version) {
        return switch (version) {
            case V1_0 -> text.replace('\r', ' ').replace('\n', ' ').trim();
            case V1_1 -> text.replace('\r', ' ');
            case V1_2 -> text;
        };
    }

    private static Frame withoutContentLength(Frame frame) {
        return frame.with(frame.headers().filter(name -> !name.equals("content-length")));
    }

    private static FrameParser parser(StompVersion version, FrameLimits limits) {
        return new FrameParser(limits, version);
    }

    private static byte[] write(List<Frame> frames, StompVersion version) {
        var wire = new ByteArrayOutputStream();
        frames.forEach(frame -> wire.writeBytes(FrameWriter.octets(frame, version)));
        return wire.toByteArray();
    }

    private static FrameBatch feed(FrameParser parser, List<byte[]> pieces) {
        return AnyCut.join(pieces.stream()
                .map(piece -> parser.parse(ByteBuffer.wrap(piece)))
                .toList());
    }

    /** Cuts input at random places; some pieces are empty. */
    private static List<byte[]> cut(byte[] input, Random random) {
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        while (from < input.length) {
            int to = Math.min(input.length, from + random.nextInt(1 + random.nextInt(20)));
            pieces.add(Arrays.copyOfRange(input, from, to));
            from = to;
        }
        return pieces;
    }

    @Provide
    Arbitrary<List<Frame>> frames() {
        Arbitrary<Command> commands = Arbitraries.of(Command.values()).filter(command -> !command.opensConnection());
        // Names without colons and without blanks at the ends, which 1.0 cannot say.
        Arbitrary<String> names = text().map(name -> "x" + name.replace(":", "") + "x");
        Arbitrary<Headers> headers = Combinators.combine(names, text())
                .as((name, value) -> List.of(name, value))
                .list()
                .ofMaxSize(5)
                .map(pairs -> Headers.of(pairs.stream().flatMap(List::stream).toArray(String[]::new)));
        Arbitrary<byte[]> bodies = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(100),
                text().map(text -> text.getBytes(StandardCharsets.UTF_8)));
        return Combinators.combine(commands, headers, bodies)
                .as(CodecProperties::frame)
                .list()
                .ofMaxSize(5);
    }

    private static Frame frame(Command command, Headers headers, byte[] body) {
        // CONNECTED cannot say what has to be escaped.
        Headers plain = command.escapesHeaders() ? headers : Headers.of("version", "1.2");
        return command.mayHaveBody() ? Frame.of(command, plain, body) : Frame.of(command, plain);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("\r\n:\\ rnc").ofMaxLength(8),
                Arbitraries.strings().ascii().excludeChars('\0').ofMaxLength(20),
                Arbitraries.of("", "€", "😀", "\uFFFD", "a\u00A0", "漢字"));
    }

    @Provide
    Arbitrary<String> anyText() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("\0\r\n:\\ ab\uD83D\uDE00").ofMaxLength(12),
                Arbitraries.strings().all().ofMaxLength(12));
    }

    /** Sound frames, in which an octet or two may be another, missing, or one too many. */
    @Provide
    Arbitrary<byte[]> flawed() {
        Arbitrary<String> lines = Arbitraries.of(
                "destination:/a",
                "content-type:application/json",
                "ack:auto",
                "content-length:4",
                "a-name-longer-than-most:1",
                "id:",
                "x:a:b");
        Arbitrary<String> frames = Combinators.combine(
                        Arbitraries.of("SEND", "MESSAGE", "SUBSCRIBE", "UNSUBSCRIBE", "CONNECTED"),
                        lines.list().ofMaxSize(3),
                        Arbitraries.of("", "", "body", "a long body, of which a text is kept as it is"))
                .as((command, head, body) ->
                        command + "\n" + String.join("\n", head) + (head.isEmpty() ? "" : "\n") + "\n" + body + "\0");
        Arbitrary<byte[]> wire = frames.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(list -> String.join("", list).getBytes(StandardCharsets.US_ASCII));
        Arbitrary<Byte> octets = Arbitraries.of(
                "\0\n\r\t:\\ 9a\u007f".chars().mapToObj(c -> (byte) c).toList().toArray(Byte[]::new));
        return Combinators.combine(
                        wire,
                        Arbitraries.oneOf(octets, Arbitraries.bytes()),
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.integers().between(0, 4))
                .as(CodecProperties::flaw);
    }

    private static byte[] flaw(byte[] wire, byte octet, int where, int kind) {
        int at = where % wire.length;
        byte[] flawed = wire.clone();
        switch (kind) {
            case 0 -> flawed[at] = octet;
            case 1 -> {
                flawed = Arrays.copyOf(wire, wire.length + 1);
                System.arraycopy(wire, at, flawed, at + 1, wire.length - at);
                flawed[at] = octet;
            }
            case 2 -> {
                System.arraycopy(wire, at + 1, flawed, at, wire.length - at - 1);
                flawed = Arrays.copyOf(flawed, wire.length - 1);
            }
            case 3 -> flawed = Arrays.copyOf(wire, at);
            default -> {}
        }
        return flawed;
    }

    /** Octets that often look like frames. */
    @Provide
    Arbitrary<byte[]> input() {
        Arbitrary<String> words = Arbitraries.of(
                "SEND",
                "MESSAGE",
                "ACK",
                "CONNECT",
                "CONNECTED",
                "\n",
                "\n",
                "\n\n",
                "\r\n",
                "\r",
                "\0",
                "\0",
                "\n\0",
                ":",
                "\\",
                "\\n",
                "\\r",
                "a:b\n",
                "content-length:",
                "content-length:3\n\n",
                "7",
                "abc",
                "version:1.1\n",
                "é",
                " ",
                "SEND\na:b\n\nbody\0",
                "SEND\r\n\r\n\0",
                "0123456789");
        Arbitrary<byte[]> wordy =
                words.list().ofMaxSize(14).map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
        return Arbitraries.frequencyOf(
                Tuple.of(9, wordy),
                Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(80)));
    }
}
