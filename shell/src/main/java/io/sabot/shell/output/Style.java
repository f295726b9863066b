package io.sabot.shell.output;

import java.util.Optional;

/**
 * What the user and the place of the output ask of every format.
 *
 * @param hasHeader whether column names are shown where the format can do without
 * @param nullText what stands for NULL; each format has its own default
 * @param widthMax columns of the screen; 0 when the output is not a terminal, then nothing is cut
 * @param isDrawn whether box-drawing characters may be used
 * @param isColored whether escape sequences for colour may be used
 * @param isNeverEnding whether rows must be shown as they come, with nothing known of the later ones
 */
public record Style(
        boolean hasHeader,
        Optional<String> nullText,
        int widthMax,
        boolean isDrawn,
        boolean isColored,
        boolean isNeverEnding) {

    /** For a file or pipe: nothing cut, drawn or coloured. */
    public static Style plain() {
        return new Style(true, Optional.empty(), 0, false, false, false);
    }
}
