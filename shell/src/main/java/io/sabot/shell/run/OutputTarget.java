package io.sabot.shell.run;

import io.sabot.shell.output.Style;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where results go: the screen, or the file of {@code .output FILE}. */
public final class OutputTarget implements AutoCloseable {
    private final Screen screen;
    private @Nullable Writer file;

    public OutputTarget(Screen screen) {
        this.screen = screen;
    }

    public Screen screen() {
        return screen;
    }

    Writer writer() {
        return file == null ? screen.out() : file;
    }

    boolean isScreen() {
        return file == null;
    }

    Style style(ShellSettings settings, boolean isNeverEnding) {
        return file == null ? screen.style(settings, isNeverEnding) : Screen.fileStyle(settings, isNeverEnding);
    }

    /** Sends results to a file from now on, which is emptied first. */
    void toFile(Path path) throws IOException {
        Writer opened = Files.newBufferedWriter(path);
        close();
        file = opened;
    }

    /** Ends the file, if there is one: results go to the screen again. */
    @Override
    public void close() throws IOException {
        Writer open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
