package io.sabot.shell;

import io.sabot.shell.output.OutputFormat;
import io.sabot.shell.prompt.Prompt;
import io.sabot.shell.run.EngineConnection;
import io.sabot.shell.run.EngineUrl;
import io.sabot.shell.run.Screen;
import io.sabot.shell.run.ShellSession;
import io.sabot.shell.run.ShellSettings;
import io.sabot.shell.text.ScriptItem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code sabot-sql}. */
@Command(
        name = "sabot-sql",
        description = "Runs streaming SQL: at a prompt, from -c, from files, or from standard input.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:a statement or a job failed",
            "2:wrong use of the command line",
            "130:interrupted by Ctrl-C"
        })
public final class SabotSql implements Callable<Integer> {
    static final int FAILED = 1;
    /** What a shell reports for a program ended by a closed pipe. */
    static final int OUTPUT_CLOSED = 141;

    @Option(names = "-c", paramLabel = "SQL", description = "Run these statements and end. May be repeated.")
    private List<String> statements = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Run a script and end, after any -c. May be repeated.")
    private List<Path> files = List.of();

    @Option(
            names = {"-i", "--init"},
            paramLabel = "FILE",
            description = "Run this script first.")
    private @Nullable Path init;

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            description = "Use a server instead of an engine in this process.")
    private @Nullable String server;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Keep catalog, tables and jobs in this directory.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Set a session option before anything else runs. May be repeated.")
    private Map<String, String> sessionOptions = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "How results look: table, csv, json, jsonl, markdown, vertical.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--csv", description = "Short for -o csv.")
    private boolean csv;

    @Option(names = "--json", description = "Short for -o json.")
    private boolean json;

    @Option(names = "--markdown", description = "Short for -o markdown.")
    private boolean markdown;

    @Option(names = "--no-header", description = "Leave the column names out of table and csv.")
    private boolean noHeader;

    @Option(
            names = "--null-value",
            paramLabel = "TEXT",
            description = "What stands for NULL in table, csv, markdown, vertical.")
    private @Nullable String nullText;

    @Option(names = "--echo", description = "Print each statement before it runs.")
    private boolean echo;

    @Option(names = "--timing", description = "Say how long each statement took.")
    private boolean timing;

    @Option(
            names = "--continue-on-error",
            description = "Go on behind a statement that failed; the exit code is still 1.")
    private boolean continueOnError;

    @Option(names = "--verbose", description = "Show stack traces.")
    private boolean verbose;

    private final Surroundings surroundings;

    SabotSql(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, Surroundings.ofProcess()));
    }

    static int run(String[] arguments, Surroundings surroundings) {
        return new CommandLine(new SabotSql(surroundings))
                .setOut(new PrintWriter(surroundings.out(), true))
                .setErr(new PrintWriter(surroundings.err(), true))
                .setUsageHelpAutoWidth(true)
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        if (server != null && dataDirectory != null) {
            surroundings
                    .err()
                    .append("Choose one of --connect and --data-dir\n")
                    .flush();
            return CommandLine.ExitCode.USAGE;
        }
        boolean isInteractive = statements.isEmpty() && files.isEmpty() && surroundings.isPromptPossible();
        return isInteractive ? runPrompt() : runScripts();
    }

    private String url() {
        if (server != null) {
            return EngineUrl.ofServer(server);
        }
        return dataDirectory == null ? EngineUrl.inMemory() : EngineUrl.ofDirectory(dataDirectory);
    }

    private ShellSettings settings(boolean isInteractive) {
        OutputFormat chosen =
                csv ? OutputFormat.CSV : json ? OutputFormat.JSON : markdown ? OutputFormat.MARKDOWN : format;
        return new ShellSettings()
                .format(chosen)
                .header(!noHeader)
                .nullText(Optional.ofNullable(nullText))
                .echo(echo)
                .timed(timing || isInteractive)
                .continueOnError(continueOnError)
                .verbose(verbose);
    }

    private int runPrompt() throws IOException {
        String url = url();
        var engine = new EngineConnection(surroundings.opener(), url, new Properties());
        engine.connectInBackground(EngineUrl.isEmbedded(url));
        return Prompt.run(engine, settings(true), version(), this::prepare);
    }

    private int runScripts() throws IOException {
        var properties = new Properties();
        String url = url();
        if (EngineUrl.isEmbedded(url)) {
            // The engine ends with this process: closing the connection waits for the jobs it started.
            properties.setProperty("wait_for_jobs", "true");
        }
        var engine = new EngineConnection(surroundings.opener(), url, properties);
        var screen =
                new Screen(surroundings.out(), surroundings.err(), surroundings::columns, surroundings.isColorWanted());
        try (var session = new ShellSession(engine, settings(false), screen)) {
            return untilInterrupted(session);
        } catch (SQLException e) {
            throw new AssertionError("the connection is closed already", e);
        }
    }

    private int untilInterrupted(ShellSession session) {
        var interrupt = InterruptHook.install(session);
        try {
            if (prepare(session)) {
                runAll(session);
            }
            closeConnection(session);
            return session.hasFailed() ? FAILED : CommandLine.ExitCode.OK;
        } catch (IOException e) {
            session.engine().abort();
            return OUTPUT_CLOSED;
        } finally {
            interrupt.workIsDone();
        }
    }

    /** Runs what comes before the user's own statements; false when that failed. */
    private boolean prepare(ShellSession session) throws IOException {
        for (Map.Entry<String, String> option : sessionOptions.entrySet()) {
            String statement = "SET " + literal(option.getKey()) + " = " + literal(option.getValue());
            if (!session.run(new ScriptItem(statement, 1, 1, false))) {
                return false;
            }
        }
        return init == null || session.runFile(init) || continueOnError;
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void runAll(ShellSession session) throws IOException {
        for (String text : statements) {
            if (!session.runScript(new StringReader(text)) && !continueOnError) {
                return;
            }
        }
        for (Path file : files) {
            if (!session.runFile(file) && !continueOnError) {
                return;
            }
        }
        if (statements.isEmpty() && files.isEmpty()) {
            Reader input = surroundings.in();
            session.runScript(input);
        }
    }

    /** Waits for jobs: one that failed makes the whole run a failure. */
    private static void closeConnection(ShellSession session) throws IOException {
        try {
            session.engine().close();
        } catch (SQLException | RuntimeException e) {
            if (!session.statements().wasCancelled()) {
                session.failed(e);
            }
        }
    }

    private static String version() {
        return new Version().getVersion()[0];
    }

    /** Reads an output format's name. */
    static final class FormatConverter implements CommandLine.ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String name) {
            return OutputFormat.named(name)
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "there is no output format '" + name + "' (the formats are " + OutputFormat.names() + ")"));
        }
    }
}
