package io.sabot.shell.run;

import io.sabot.shell.text.ScriptItem;
import io.sabot.shell.text.ScriptReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** One use of the shell: runs items, wherever they were read, and remembers whether all went well. */
public final class ShellSession implements AutoCloseable {
    private static final int READ_DEPTH_MAX = 16;

    private final EngineConnection engine;
    private final ShellSettings settings;
    private final OutputTarget target;
    private final StatementRunner statements;
    private final Failures failures;
    private final MetaCommands commands = new MetaCommands(this);
    private Interaction interaction = new Interaction() {};
    private int readDepth;
    private boolean hasFailed;
    private boolean isLeaving;

    public ShellSession(EngineConnection engine, ShellSettings settings, Screen screen) {
        this.engine = engine;
        this.settings = settings;
        this.target = new OutputTarget(screen);
        this.statements = new StatementRunner(engine, settings, target);
        this.failures = new Failures(screen.err(), settings);
    }

    /** What only a prompt can do; a script does nothing instead. */
    public interface Interaction {
        /** Whether someone waits for a word after each statement. */
        default boolean isPresent() {
            return false;
        }

        default void clearScreen() {}

        default List<String> history() {
            return List.of();
        }
    }

    public void interaction(Interaction present) {
        interaction = present;
    }

    public EngineConnection engine() {
        return engine;
    }

    public ShellSettings settings() {
        return settings;
    }

    public OutputTarget target() {
        return target;
    }

    public StatementRunner statements() {
        return statements;
    }

    public MetaCommands commands() {
        return commands;
    }

    /** Whether any item failed so far. */
    public boolean hasFailed() {
        return hasFailed;
    }

    /** Whether the user asked to leave. */
    public boolean isLeaving() {
        return isLeaving;
    }

    void leave() {
        isLeaving = true;
    }

    /** Runs a script whose items are read one after another; false when it stopped at an error. */
    public boolean runScript(Reader script) throws IOException {
        var reader = new ScriptReader(script);
        for (var item = reader.next(); item.isPresent(); item = reader.next()) {
            if (!run(item.get()) && !settings.continuesOnError()) {
                return false;
            }
            if (isLeaving || statements.wasCancelled()) {
                break;
            }
        }
        return true;
    }

    /** Runs one item; false when it failed, which the user has then been told. */
    public boolean run(ScriptItem item) throws IOException {
        try {
            if (settings.echoes()) {
                target.writer()
                        .append(item.text())
                        .append(item.isCommand() ? "\n" : ";\n")
                        .flush();
            }
            if (item.isCommand()) {
                return commands.run(item.text());
            }
            statements.run(item.textInPlace(), interaction.isPresent());
            return true;
        } catch (SQLException | CommandFailure | RuntimeException | LinkageError | StackOverflowError e) {
            return failed(e);
        }
    }

    /** Tells of a failure that no item brought. */
    public boolean failed(Throwable failure) throws IOException {
        hasFailed = true;
        target.writer().flush();
        failures.show(failure);
        return false;
    }

    /** Runs a script file; false when it could not be read or stopped at an error, which the user has then been told. */
    public boolean runFile(Path file) throws IOException {
        try {
            String script = text(file);
            readDepth++;
            return runScript(new StringReader(script));
        } catch (CommandFailure e) {
            return failed(e);
        } finally {
            readDepth--;
        }
    }

    private String text(Path file) throws CommandFailure {
        if (readDepth == READ_DEPTH_MAX) {
            throw new CommandFailure("scripts read each other more than " + READ_DEPTH_MAX + " deep: " + file);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure("cannot read '" + file + "': " + IoReason.of(e));
        }
    }

    void showHistory() throws IOException {
        for (String entry : interaction.history()) {
            target.screen().out().append(entry).append('\n');
        }
        target.screen().out().flush();
    }

    void clearScreen() {
        interaction.clearScreen();
    }

    /** Ends the connection, which may wait for jobs, and the output file. */
    @Override
    public void close() throws SQLException, IOException {
        try (statements) {
            engine.close();
        } finally {
            target.close();
        }
    }
}
