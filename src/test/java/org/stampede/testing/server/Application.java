package org.stampede.testing.server;

import java.nio.file.Path;

/**
 * A WAR and where it is to be found. Immutable.
 *
 * @param context the context root, such as {@code /} or {@code /chat}
 * @param war     the file
 */
record Application(String context, Path war) {

    /** What the server calls it. */
    String name() {
        return context.equals("/") ? "ROOT" : context.substring(1);
    }
}
