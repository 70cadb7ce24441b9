package org.stampede.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java code on a page of the guide, to be held against the tests that run it. Stateless. */
public final class GuideCode {

    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private GuideCode() {}

    /** The parts of code on a page, in order. */
    public static List<String> of(Path page) throws IOException {
        return CODE.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Those parts taken apart at empty lines, which stand for what the page leaves out. */
    public static List<String> piecesOf(Path page) throws IOException {
        return of(page).stream()
                .flatMap(part -> Stream.of(part.split("\n\\s*\n")))
                .toList();
    }

    /** Code without its layout. */
    public static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
