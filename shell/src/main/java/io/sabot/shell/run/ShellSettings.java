package io.sabot.shell.run;

import io.sabot.shell.output.OutputFormat;
import java.util.Optional;

/** What the user may change while the shell runs. */
public final class ShellSettings {
    private OutputFormat format = OutputFormat.TABLE;
    private boolean isTimed;
    private boolean echoes;
    private boolean hasHeader = true;
    private boolean isVerbose;
    private boolean continuesOnError;
    private Optional<String> nullText = Optional.empty();

    public OutputFormat format() {
        return format;
    }

    public ShellSettings format(OutputFormat newFormat) {
        format = newFormat;
        return this;
    }

    /** Whether it is said how long statements took. */
    public boolean isTimed() {
        return isTimed;
    }

    public ShellSettings timed(boolean on) {
        isTimed = on;
        return this;
    }

    /** Whether statements are printed before they run. */
    public boolean echoes() {
        return echoes;
    }

    public ShellSettings echo(boolean on) {
        echoes = on;
        return this;
    }

    public boolean hasHeader() {
        return hasHeader;
    }

    public ShellSettings header(boolean on) {
        hasHeader = on;
        return this;
    }

    /** Whether failures show their stack traces. */
    public boolean isVerbose() {
        return isVerbose;
    }

    public ShellSettings verbose(boolean on) {
        isVerbose = on;
        return this;
    }

    /** Whether a script goes on behind a statement that failed. */
    public boolean continuesOnError() {
        return continuesOnError;
    }

    public ShellSettings continueOnError(boolean on) {
        continuesOnError = on;
        return this;
    }

    public Optional<String> nullText() {
        return nullText;
    }

    public ShellSettings nullText(Optional<String> text) {
        nullText = text;
        return this;
    }
}
