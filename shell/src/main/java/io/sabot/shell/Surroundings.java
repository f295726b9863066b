package io.sabot.shell;

import io.sabot.shell.run.EngineConnection;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * What the process has around it: streams, a terminal perhaps, a driver, signals. Tests bring their own.
 *
 * @param columns the terminal's width behind {@code out}; 0 when there is no terminal
 * @param isPromptPossible whether standard input and output are a terminal
 */
record Surroundings(
        Reader in,
        Writer out,
        Writer err,
        int columns,
        boolean isPromptPossible,
        boolean isColorWanted,
        EngineConnection.Opener opener) {

    static Surroundings ofProcess() {
        StandardStreams streams = StandardStreams.of(System.getProperty("sabot.terminal", ""));
        return new Surroundings(
                new InputStreamReader(System.in, StandardCharsets.UTF_8),
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                streams.columns(),
                streams.isInputTerminal() && streams.columns() > 0,
                streams.columns() > 0 && System.getenv("NO_COLOR") == null,
                DriverOpener::open);
    }

    /** Not System.out: a PrintStream hides that the reader of a pipe has gone. */
    private static Writer writer(FileDescriptor descriptor) {
        return new BufferedWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
    }
}
