package io.sabot.shell.run;

import io.sabot.shell.output.Style;
import java.io.Writer;
import java.util.function.IntSupplier;

/**
 * Where a person or a pipe reads.
 *
 * @param out results
 * @param err everything that is no result: errors, warnings, times
 * @param columns the width of the terminal that shows {@code out}, now; 0 when there is none
 * @param isColored whether colour is wanted there
 */
public record Screen(Writer out, Writer err, IntSupplier columns, boolean isColored) {

    boolean isTerminal() {
        return columns.getAsInt() > 0;
    }

    Style style(ShellSettings settings, boolean isNeverEnding) {
        int width = columns.getAsInt();
        return new Style(settings.hasHeader(), settings.nullText(), width, width > 0, isColored, isNeverEnding);
    }

    /** Text for a file: no width, no colour, whatever the screen is. */
    static Style fileStyle(ShellSettings settings, boolean isNeverEnding) {
        return new Style(settings.hasHeader(), settings.nullText(), 0, false, false, isNeverEnding);
    }
}
