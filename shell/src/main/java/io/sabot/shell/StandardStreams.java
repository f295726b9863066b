package io.sabot.shell;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * Which of the standard streams are a terminal. The launcher knows and tells ({@code -Dsabot.terminal=in:80}: standard input
 * is one, and standard output is one of 80 columns; either part may be missing); asking the system itself costs a native library.
 */
record StandardStreams(boolean isInputTerminal, int columns) {
    private static final int USUAL_COLUMNS = 80;

    static StandardStreams of(String told) {
        if (told.isEmpty()) {
            return asked();
        }
        String[] parts = told.split(":", -1);
        int columns = parts.length < 2 || parts[1].isEmpty() ? 0 : number(parts[1]);
        return new StandardStreams(parts[0].equals("in"), columns);
    }

    private static int number(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    private static StandardStreams asked() {
        try {
            TerminalProvider provider = TerminalProvider.load("jni");
            int columns = provider.isSystemStream(SystemStream.Output)
                    ? Math.max(USUAL_COLUMNS, provider.systemStreamWidth(SystemStream.Output))
                    : 0;
            return new StandardStreams(provider.isSystemStream(SystemStream.Input), columns);
        } catch (IOException | RuntimeException | LinkageError e) {
            // No native library for this system: a pipe's behaviour is right everywhere.
            return new StandardStreams(false, 0);
        }
    }
}
