package io.sabot.sqltests.random;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory that answers queries over what has been read of tables: what is right.
 *
 * <p>A table that changes has the rows that a copy of it has. A table with event times is a view of the first rows of each
 * split, with columns id, a, b, c, time {@code t} in seconds, {@code wm} (watermark of the row's split before it),
 * {@code number} in its split and {@code present}; variable {@code w_TABLE} is its watermark, and sessions are found for
 * it by {@link Sessions}.
 */
final class DuckDb implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;
    private final List<Script> scripts;
    private final Map<String, TimedQueries.SessionTable> sessions;
    private final Map<String, TimedRows> timed = new TreeMap<>();

    /**
     * @param sessions tables of sessions, by name
     * @param views what queries stand on
     */
    DuckDb(List<Script> scripts, Map<String, TimedQueries.SessionTable> sessions, List<Relation> views)
            throws SQLException {
        this.scripts = scripts;
        this.sessions = sessions;
        connection = DriverManager.getConnection("jdbc:duckdb:");
        statement = connection.createStatement();
        run("SET threads = 1");
        run("CREATE MACRO tumble(t, size) AS t - ((t % size) + size) % size");
        for (Script table : scripts) {
            if (table.kind().hasTime()) {
                defineTimed(TimedRows.of(table));
            } else {
                run("CREATE TABLE " + table.table() + " (" + (table.kind() == Script.Kind.KEYED ? "id BIGINT, " : "")
                        + "a BIGINT, b BIGINT, c VARCHAR)");
            }
        }
        for (String session : sessions.keySet()) {
            run("CREATE TABLE " + session + " (id BIGINT, ws BIGINT, we BIGINT)");
        }
        for (Relation view : views) {
            define(view);
        }
    }

    private void defineTimed(TimedRows rows) throws SQLException {
        String table = rows.script().table();
        timed.put(table, rows);
        run("CREATE TABLE all_" + table
                + " (split BIGINT, number BIGINT, id BIGINT, present BOOLEAN, a BIGINT, b BIGINT,"
                + " c VARCHAR, t BIGINT, wm BIGINT)");
        insert(
                "all_" + table,
                rows.rows().stream()
                        .map(row -> values(
                                (long) row.split(),
                                row.number(),
                                row.id(),
                                row.present(),
                                row.a(),
                                row.b(),
                                row.c(),
                                row.time(),
                                row.watermark()))
                        .toList());
        String read = " WHERE false";
        for (int split = 0; split < rows.script().splits().size(); split++) {
            read += " OR (split = " + split + " AND number < getvariable('" + table + "_" + split + "'))";
        }
        set(table, rows.frontier(none(rows)));
        run("CREATE VIEW " + table + " AS SELECT * FROM all_" + table + read);
    }

    private static long[] none(TimedRows rows) {
        long[] ids = new long[rows.script().splits().size()];
        Arrays.fill(ids, -1);
        return ids;
    }

    private void set(String table, TimedRows.Frontier frontier) throws SQLException {
        run("SET VARIABLE w_" + table + " = " + frontier.watermark() + "::BIGINT");
        for (int split = 0; split < frontier.read().length; split++) {
            run("SET VARIABLE " + table + "_" + split + " = " + frontier.read()[split] + "::BIGINT");
        }
    }

    /** Makes a relation known. */
    void define(Relation relation) throws SQLException {
        run(relation.duckView());
    }

    /** Gives a table that changes this content. */
    void fill(Script table, Multiset content) throws SQLException {
        run("DELETE FROM " + table.table());
        insert(
                table.table(),
                content.rows().stream().map(row -> values(row.toArray())).toList());
    }

    /** Gives all tables the content that they have when everything has been read. */
    void readAll() throws SQLException {
        for (Script script : scripts) {
            long[] lastIds = new long[script.splits().size()];
            Content content = new Content();
            for (int split = 0; split < lastIds.length; split++) {
                List<Script.Change> changes = script.changes(split);
                content.apply(changes);
                lastIds[split] = script.kind().hasTime()
                        ? (Long) Objects.requireNonNull(
                                changes.get(changes.size() - 1).row().get(0))
                        : -1;
            }
            if (script.kind().hasTime()) {
                advance(script, lastIds);
            } else {
                fill(script, content.rows());
            }
        }
    }

    /** Says how far a table with event times has been read. */
    void advance(Script table, long[] lastIds) throws SQLException {
        TimedRows rows = timed.get(table.table());
        if (rows == null) {
            throw new IllegalArgumentException(table.table());
        }
        TimedRows.Frontier frontier = rows.frontier(lastIds);
        set(table.table(), frontier);
        for (Map.Entry<String, TimedQueries.SessionTable> entry : sessions.entrySet()) {
            if (entry.getValue().table().equals(table.table())) {
                run("DELETE FROM " + entry.getKey());
                insert(
                        entry.getKey(),
                        rows.sessions(frontier, entry.getValue().spec()).stream()
                                .map(session -> values(session.id(), session.start(), session.end()))
                                .toList());
            }
        }
    }

    private static String values(@Nullable Object... values) {
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            texts.add(value instanceof String text ? "'" + text + "'" : String.valueOf(value));
        }
        return texts.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    private void insert(String table, List<String> rows) throws SQLException {
        if (!rows.isEmpty()) {
            run("INSERT INTO " + table + " VALUES " + String.join(", ", rows));
        }
    }

    private void run(String sql) throws SQLException {
        statement.execute(sql);
    }

    /** What a query gives. */
    Multiset query(String sql) throws SQLException {
        Multiset answer = new Multiset();
        try (ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int c = 1; c <= columns; c++) {
                    Object value = rows.getObject(c);
                    row.add(value instanceof Number number ? (Object) number.longValue() : value);
                }
                answer.add(row, 1);
            }
        }
        return answer;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
    }
}
