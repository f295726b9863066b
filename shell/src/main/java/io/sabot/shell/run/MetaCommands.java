package io.sabot.shell.run;

import io.sabot.shell.output.Column;
import io.sabot.shell.output.OutputFormat;
import io.sabot.shell.output.ResultWriter;
import io.sabot.shell.output.Style;
import io.sabot.shell.output.Summary;
import io.sabot.shell.output.ValueKind;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shell's own commands, in the order of the help text. Both {@code .name} and {@code \name} work. */
public final class MetaCommands {
    private final ShellSession session;
    private final List<MetaCommand> commands;

    MetaCommands(ShellSession session) {
        this.session = session;
        this.commands = List.of(
                command("help,?", "", "show this help", this::help),
                command("tables,dt", "[PATTERN]", "list tables, streams and views (% and _ match)", this::tables),
                command("schema,d", "[NAME]", "show the columns of a table", this::schema),
                command("mode", "[FORMAT]", "output format: " + OutputFormat.names(), this::mode),
                command("x,expanded", "[on|off]", "one line per value instead of one per row", this::expanded),
                command("timing", "[on|off]", "say how long statements take", this::timing),
                command("echo", "TEXT", "print a text", this::echo),
                new MetaCommand(List.of("read", "i"), "FILE", "run a script", this::read),
                command("output,o", "[FILE]", "send results to a file; without one, to the screen", this::output),
                command("connect", "[HOST:PORT|DIR]", "show or change the engine", this::connect),
                command("history", "", "show what was typed before", argument -> session.showHistory()),
                command("clear", "", "clear the screen", argument -> session.clearScreen()),
                command("quit,q,exit", "", "leave", argument -> session.leave()));
    }

    private static MetaCommand command(String names, String arguments, String help, PlainAction action) {
        return new MetaCommand(List.of(names.split(",")), arguments, help, argument -> {
            action.run(argument);
            return true;
        });
    }

    /** An action that fails by exception only. */
    @FunctionalInterface
    private interface PlainAction {
        void run(String argument) throws SQLException, IOException, CommandFailure;
    }

    /** All spellings, for completion. */
    public List<String> names() {
        return commands.stream().flatMap(command -> command.names().stream()).toList();
    }

    /** Runs a line that begins with a dot or backslash; false when a script it read failed, which has been told. */
    boolean run(String line) throws SQLException, IOException, CommandFailure {
        String[] words = line.strip().substring(1).split("\\s+", 2);
        String name = words[0].toLowerCase(Locale.ROOT);
        String argument = words.length < 2 ? "" : words[1].strip();
        if (argument.endsWith(";")) {
            argument = argument.substring(0, argument.length() - 1).strip();
        }
        for (MetaCommand command : commands) {
            if (command.names().contains(name)) {
                return command.action().run(argument);
            }
        }
        throw new CommandFailure("there is no command '" + words[0] + "'\n  Hint: .help lists all");
    }

    private void help(String argument) throws IOException {
        Writer out = session.target().screen().out();
        for (MetaCommand command : commands) {
            String names = String.join(", .", command.names());
            out.append(String.format("  %-34s %s%n", "." + names + " " + command.arguments(), command.help()));
        }
        out.append("\\ instead of . works too. SQL statements end with ; and may span lines.\n");
        out.append("Ctrl-C cancels a query or clears the line, Ctrl-D leaves.\n")
                .flush();
    }

    private void tables(String pattern) throws SQLException, IOException {
        List<Column> columns = List.of(
                new Column("schema", ValueKind.TEXT, "STRING"),
                new Column("name", ValueKind.TEXT, "STRING"),
                new Column("type", ValueKind.TEXT, "STRING"));
        Style style = session.target().style(session.settings(), false);
        Writer out = session.target().writer();
        ResultWriter writer = session.settings().format().writer(out, style);
        long rowCount = 0;
        var metaData = session.engine().get().getMetaData();
        try (var rows = metaData.getTables(null, null, pattern.isEmpty() ? "%" : pattern, null)) {
            writer.begin(columns);
            while (rows.next()) {
                writer.row(new @Nullable Object[] {
                    rows.getString("TABLE_SCHEM"), rows.getString("TABLE_NAME"), rows.getString("TABLE_TYPE")
                });
                rowCount++;
            }
        }
        writer.end(new Summary(rowCount, Optional.empty(), false));
        out.flush();
    }

    private void schema(String name) throws SQLException, IOException {
        if (name.isEmpty()) {
            tables("");
        } else {
            session.statements().run("DESCRIBE " + name, false);
        }
    }

    private void mode(String name) throws IOException, CommandFailure {
        if (name.isEmpty()) {
            say("mode is " + session.settings().format());
            return;
        }
        session.settings()
                .format(OutputFormat.named(name)
                        .orElseThrow(() -> new CommandFailure("there is no output format '" + name
                                + "'\n  Hint: the formats are " + OutputFormat.names())));
    }

    private void expanded(String argument) throws IOException, CommandFailure {
        boolean on = onOff(argument, session.settings().format() == OutputFormat.VERTICAL);
        session.settings().format(on ? OutputFormat.VERTICAL : OutputFormat.TABLE);
        say("expanded output is " + (on ? "on" : "off"));
    }

    private void timing(String argument) throws IOException, CommandFailure {
        boolean on = onOff(argument, session.settings().isTimed());
        session.settings().timed(on);
        say("timing is " + (on ? "on" : "off"));
    }

    /** The state asked for; without an argument the other one than now. */
    private static boolean onOff(String argument, boolean now) throws CommandFailure {
        return switch (argument.toLowerCase(Locale.ROOT)) {
            case "" -> !now;
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new CommandFailure("'" + argument + "' is neither on nor off");
        };
    }

    private void echo(String text) throws IOException {
        session.target().writer().append(text).append('\n').flush();
    }

    private boolean read(String file) throws IOException, CommandFailure {
        if (file.isEmpty()) {
            throw new CommandFailure(".read needs a file");
        }
        return session.runFile(path(file));
    }

    private void output(String file) throws IOException, CommandFailure {
        if (file.isEmpty()) {
            session.target().close();
            return;
        }
        try {
            session.target().toFile(path(file));
        } catch (IOException e) {
            throw new CommandFailure("cannot write to '" + file + "': " + IoReason.of(e));
        }
    }

    private void connect(String place) throws SQLException, IOException {
        if (!place.isEmpty()) {
            session.engine().reconnect(EngineUrl.of(place));
        }
        say("connected to " + session.engine().url());
    }

    private static Path path(String file) {
        boolean isQuoted = file.length() > 1 && file.startsWith("'") && file.endsWith("'");
        return Path.of(isQuoted ? file.substring(1, file.length() - 1) : file);
    }

    private void say(String text) throws IOException {
        session.target().screen().out().append(text).append('\n').flush();
    }
}
