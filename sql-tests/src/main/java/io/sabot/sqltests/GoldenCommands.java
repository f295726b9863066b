package io.sabot.sqltests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.hydromatic.quidem.AbstractCommand;
import net.hydromatic.quidem.Command;
import org.jspecify.annotations.Nullable;

/** The commands of one run of a script. */
final class GoldenCommands {
    private static final int SECONDS_MAX = 60;

    private final Connection connection;
    private final GoldenWay way;
    private final Path data;

    /** Closed with the connection. */
    private @Nullable ResultSet followed;

    private final List<List<String>> followedRows = new ArrayList<>();
    private final List<List<String>> expectedRows = new ArrayList<>();

    GoldenCommands(Connection connection, GoldenWay way, Path data) {
        this.connection = connection;
        this.way = way;
        this.data = data;
    }

    /** How a statement is looked at. */
    @FunctionalInterface
    private interface Look {
        /** What to write below the statement, given what stands there. */
        List<String> at(String sql, List<String> expected) throws SQLException;
    }

    /**
     * The command of a line.
     *
     * @param content the lines in front of it
     */
    @Nullable
    Command find(String word, String argument, List<String> content) {
        return switch (word) {
            case "ok" -> look(word, argument, content, (sql, expected) -> answer(sql, expected, argument));
            case "changes" -> look(word, argument, content, (sql, expected) -> changes(sql, expected, argument));
            case "follow" -> look(word, argument, content, (sql, expected) -> follow(sql));
            case "next" -> look(word, argument, content, (sql, expected) -> next(expected, argument));
            case "plan" -> look(word, argument, content, (sql, expected) -> plan(sql));
            case "error" -> look(word, argument, content, (sql, expected) -> failure(sql));
            case "printed" -> look(word, argument, content, this::printed);
            case "columns" -> look(word, argument, content, (sql, expected) -> columns(sql));
            case "file" -> new FileCommand(argument, content);
            default -> null;
        };
    }

    private Command look(String word, String argument, List<String> content, Look look) {
        return new LookCommand(argument.isEmpty() ? "!" + word : "!" + word + " " + argument, content, look);
    }

    private List<String> answer(String sql, List<String> expected, String argument) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS_MAX);
            if (!statement.execute(withPaths(sql))) {
                return written(statement);
            }
            try (ResultSet result = statement.getResultSet()) {
                RowTable actual = table(result, Integer.MAX_VALUE);
                boolean ordered = argument.equals("ordered") || OrderBy.isOutermost(sql);
                return ordered ? actual.lines() : keepOrder(actual, expected);
            }
        }
    }

    private static List<String> keepOrder(RowTable actual, List<String> expected) {
        Optional<RowTable> golden = RowTable.parse(expected);
        boolean same = golden.isPresent() && golden.get().sorted().equals(actual.sorted());
        return same ? expected : actual.lines();
    }

    private static List<String> written(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        long count = statement.getLargeUpdateCount();
        if (count > 0) {
            lines.add("(" + count + (count == 1 ? " row" : " rows") + " written)");
        }
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            lines.add("(" + warning.getMessage() + ")");
        }
        return lines;
    }

    private List<String> changes(String sql, List<String> expected, String argument) throws SQLException {
        int rowsMax = argument.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(argument);
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS_MAX);
            try (ResultSet result = statement.executeQuery(withPaths(sql))) {
                return compared(table(result, rowsMax), expected);
            }
        }
    }

    private List<String> printed(String sql, List<String> expected) throws SQLException {
        List<String> lines = PrintedLines.during(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(SECONDS_MAX);
                statement.execute(withPaths(sql));
            }
        });
        boolean same = !way.raw() && PrintedLines.folded(lines).equals(PrintedLines.folded(expected));
        return same ? expected : lines;
    }

    /** Leaves a query open, to be read while other statements run. */
    private List<String> follow(String sql) throws SQLException {
        if (followed != null) {
            followed.getStatement().close();
        }
        followedRows.clear();
        expectedRows.clear();
        Statement statement = connection.createStatement();
        statement.setQueryTimeout(SECONDS_MAX);
        followed = statement.executeQuery(withPaths(sql));
        return List.of();
    }

    private List<String> next(List<String> expected, String argument) throws SQLException {
        ResultSet open = followed;
        if (open == null) {
            return List.of("no query is followed");
        }
        Optional<RowTable> golden = RowTable.parse(expected);
        if (way.raw() || golden.isEmpty()) {
            return table(open, Integer.parseInt(argument)).lines();
        }
        expectedRows.addAll(golden.get().rows());
        while (!net(expectedRows).equals(net(followedRows))) {
            List<List<String>> row = table(open, 1).rows();
            if (row.isEmpty()) {
                return List.of("the changes ended before they added up to these");
            }
            followedRows.addAll(row);
        }
        return expected;
    }

    /** What changes add up to: how often each row came, less how often it went. */
    private static Map<List<String>, Integer> net(List<List<String>> changes) {
        Map<List<String>, Integer> net = new HashMap<>();
        for (List<String> change : changes) {
            boolean goes = change.get(0).equals("-U") || change.get(0).equals("-D");
            boolean kind = goes || change.get(0).equals("+U") || change.get(0).equals("+I");
            net.merge(kind ? change.subList(1, change.size()) : change, goes ? -1 : 1, Integer::sum);
        }
        net.values().removeIf(count -> count == 0);
        return net;
    }

    private List<String> compared(RowTable actual, List<String> expected) {
        Optional<RowTable> golden = RowTable.parse(expected);
        boolean same = !way.raw()
                && golden.isPresent()
                && golden.get().folded().sorted().equals(actual.folded().sorted());
        return same ? expected : actual.lines();
    }

    private List<String> plan(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("EXPLAIN " + withPaths(sql))) {
            while (result.next()) {
                lines.add(withoutPaths(result.getString(1)));
            }
        }
        return lines;
    }

    private List<String> columns(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(withPaths(sql))) {
            ResultSetMetaData metaData = result.getMetaData();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                boolean isRequired = metaData.isNullable(i) == ResultSetMetaData.columnNoNulls;
                lines.add(metaData.getColumnLabel(i) + " " + metaData.getColumnTypeName(i)
                        + (isRequired ? " NOT NULL" : ""));
            }
        }
        return lines;
    }

    private List<String> failure(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS_MAX);
            if (statement.execute(withPaths(sql))) {
                try (ResultSet result = statement.getResultSet()) {
                    List<String> lines = new ArrayList<>(List.of("no error, but rows:"));
                    lines.addAll(table(result, Integer.MAX_VALUE).lines());
                    return lines;
                }
            }
            return List.of("no error");
        } catch (SQLException e) {
            return withoutPaths(String.valueOf(e.getMessage())).lines().toList();
        }
    }

    private RowTable table(ResultSet result, int rowsMax) throws SQLException {
        RowTable table = RowTable.read(result, rowsMax);
        return new RowTable(
                table.columns(),
                table.rows().stream()
                        .map(row -> row.stream().map(this::withoutPaths).toList())
                        .toList());
    }

    private String withPaths(String sql) {
        return sql.replace(GoldenScript.DATA, data.toString());
    }

    private String withoutPaths(String text) {
        return text.replace(data.toString(), GoldenScript.DATA);
    }

    /** Runs the statement above and writes what it answered. */
    private final class LookCommand extends AbstractCommand {
        private final String line;
        private final List<String> expected;
        private final Look look;

        LookCommand(String line, List<String> expected, Look look) {
            this.line = line;
            this.expected = expected;
            this.look = look;
        }

        @Override
        public void execute(Context context, boolean execute) {
            List<String> output = new ArrayList<>();
            try {
                output.addAll(look.at(context.previousSqlCommand().sql, expected));
            } catch (SQLException e) {
                output.addAll(
                        withoutPaths(String.valueOf(e.getMessage())).lines().toList());
            } catch (RuntimeException | AssertionError e) {
                output.add("failed with "
                        + e.toString().lines().findFirst().orElse("").replaceAll("\\[.*", ""));
            }
            output.add(line);
            context.echo(output);
        }
    }

    /** Writes a file that tables can be declared over. */
    private final class FileCommand extends AbstractCommand {
        private final String name;
        private final List<String> lines;

        FileCommand(String name, List<String> lines) {
            this.name = name;
            this.lines = lines;
        }

        @Override
        public void execute(Context context, boolean execute) throws IOException {
            Path file = data.resolve(name);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
            List<String> output = new ArrayList<>(lines);
            output.add("!file " + name);
            context.echo(output);
        }
    }
}
