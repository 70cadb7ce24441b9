package org.stampede.library.app;

import jakarta.validation.constraints.NotBlank;

/**
 * What somebody says in a room. Immutable.
 *
 * @param author who says it; for the client to leave out, and for the room to fill in
 * @param text   what is said
 */
public record Line(String author, @NotBlank String text) {

    /** A line to be signed by the room. */
    public static Line of(String text) {
        return new Line(null, text);
    }
}
