package io.sabot.shell.prompt;

import io.sabot.shell.run.EngineConnection;
import io.sabot.shell.run.Failures;
import io.sabot.shell.run.Screen;
import io.sabot.shell.run.ShellSession;
import io.sabot.shell.run.ShellSettings;
import io.sabot.shell.text.ScriptItem;
import io.sabot.shell.text.ScriptReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/** Reads statements from a person until they leave. */
public final class Prompt {
    private static final String FIRST = "sabot> ";
    private static final String FURTHER = "    -> ";

    private final LineReader reader;
    private final ShellSession session;
    private final CancelKey cancelKey;

    private Prompt(Terminal terminal, LineReader reader, ShellSession session) {
        this.reader = reader;
        this.session = session;
        this.cancelKey = new CancelKey(terminal, session.statements());
    }

    /** What runs before the first prompt; false when it failed. */
    @FunctionalInterface
    public interface Preparation {
        boolean run(ShellSession session) throws IOException;
    }

    /** Runs a prompt on the system's terminal and returns the exit code. */
    public static int run(EngineConnection engine, ShellSettings settings, String version, Preparation preparation)
            throws IOException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).name("sabot-sql").build()) {
            return run(terminal, StatementHistory.file(), engine, settings, version, preparation);
        }
    }

    /** Runs a prompt on a terminal, which stays the caller's; the history is kept in a file. */
    public static int run(
            Terminal terminal,
            Path history,
            EngineConnection engine,
            ShellSettings settings,
            String version,
            Preparation preparation)
            throws IOException {
        boolean isColored = !terminal.getType().startsWith(Terminal.TYPE_DUMB) && System.getenv("NO_COLOR") == null;
        var screen = new Screen(terminal.writer(), terminal.writer(), () -> width(terminal), isColored);
        try (var session = new ShellSession(engine, settings, screen)) {
            var names = new CatalogNames(engine);
            LineReader reader = reader(terminal, history, session, names, isColored);
            session.interaction(new PromptInteraction(terminal, reader));
            terminal.writer().println(version + ". Type .help for help; statements end with ;");
            PrintStream before = System.out;
            System.setOut(new PrintStream(new LinesAbovePrompt(reader::printAbove), true, StandardCharsets.UTF_8));
            try {
                new Prompt(terminal, reader, session).loop(names, preparation);
            } finally {
                System.setOut(before);
            }
        } catch (SQLException e) {
            new Failures(terminal.writer(), settings).show(e);
            return 1;
        }
        return 0;
    }

    private static int width(Terminal terminal) {
        return terminal.getColumns() > 0 ? terminal.getColumns() : 80;
    }

    private static LineReader reader(
            Terminal terminal, Path history, ShellSession session, CatalogNames names, boolean isColored) {
        var builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("sabot-sql")
                .parser(new StatementParser())
                .completer(new SqlCompleter(names, session.commands().names()))
                .history(new StatementHistory())
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, FURTHER)
                .variable(LineReader.INDENTATION, 0)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.INSERT_BRACKET, false);
        if (isColored) {
            builder.highlighter(new SqlHighlighter());
        }
        return builder.build();
    }

    private void loop(CatalogNames names, Preparation preparation) throws IOException {
        boolean goesOn = cancelKey.during(() -> preparation.run(session));
        while (goesOn && !session.isLeaving()) {
            try {
                runEntry(reader.readLine(FIRST));
                names.forget();
            } catch (UserInterruptException e) {
                names.forget(); // Ctrl-C at the prompt drops what was typed; the shell goes on
            } catch (EndOfFileException e) {
                goesOn = false;
            }
        }
    }

    private void runEntry(String entry) throws IOException {
        for (ScriptItem item : ScriptReader.items(entry)) {
            boolean goesOn = cancelKey.during(() -> session.run(item));
            if (!goesOn || session.statements().wasCancelled() || session.isLeaving()) {
                return;
            }
        }
    }

    /** What commands may ask of the prompt. */
    private record PromptInteraction(Terminal terminal, LineReader reader) implements ShellSession.Interaction {
        @Override
        public boolean isPresent() {
            return true;
        }

        @Override
        public void clearScreen() {
            terminal.puts(InfoCmp.Capability.clear_screen);
            terminal.flush();
        }

        @Override
        public List<String> history() {
            List<String> entries = new ArrayList<>();
            reader.getHistory().forEach(entry -> entries.add(entry.line()));
            return entries;
        }
    }
}
