package io.sabot.sqltests.random;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Materialized views of random queries, the later ones over the earlier ones too, and of queries by event time over views. Each is a job of its own, so that nothing tells
 * which prefix of the input its content stands for; when all input has been read they must come to what is right over it.
 */
final class KeptViews {
    private static final int SECONDS_MAX = 60;
    private static final String THROUGH = "through_view_";

    private final List<Relation> views = new ArrayList<>();

    /**
     * Creates views.
     *
     * @param tables what they may be over
     */
    void create(Connection connection, int count, List<String> tables, Random random) throws SQLException {
        List<String> known = new ArrayList<>(tables);
        for (int i = 0; i < count; i++) {
            String query = new RandomQueries(random, known).query(1 + random.nextInt(2));
            Relation view = new Relation("kept_" + i, query, query);
            execute(connection, "CREATE MATERIALIZED VIEW " + view.name() + " AS " + query);
            views.add(view);
            // twice, so that most stand upon one another
            known.add(view.name());
            known.add(view.name());
        }
    }

    /**
     * Creates views of queries by event time, which read the rows of events through further views.
     *
     * @param events tables of rows that only come
     */
    void createTimed(Connection connection, int count, List<String> events, TimedQueries timed) throws SQLException {
        for (String table : events) {
            execute(connection, "CREATE MATERIALIZED VIEW " + THROUGH + table + " AS SELECT * FROM " + table);
        }
        Pattern names = Pattern.compile("\\b(" + String.join("|", events) + ")\\b");
        for (int i = 0; i < count; i++) {
            Relation made = timed.random();
            String query = names.matcher(made.sabot()).replaceAll(THROUGH + "$1");
            Relation view = new Relation("timed_" + i, query, made.duck());
            execute(connection, "CREATE MATERIALIZED VIEW " + view.name() + " AS " + query);
            views.add(view);
        }
    }

    int size() {
        return views.size();
    }

    boolean isEmpty() {
        return views.isEmpty();
    }

    /**
     * Waits until each view holds what is right; returns what one holds instead, or nothing.
     *
     * @param database where all input has been read
     */
    List<String> differences(Connection connection, DuckDb database) throws SQLException {
        List<String> differences = new ArrayList<>();
        for (Relation view : views) {
            database.define(view);
            String wrong = awaited(connection, view, database.query("SELECT a, b, c FROM " + view.name()));
            if (!wrong.isEmpty()) {
                differences.add("materialized view " + view.name() + " of\n" + definitions() + wrong);
            }
        }
        return differences;
    }

    private String definitions() {
        StringBuilder text = new StringBuilder();
        views.forEach(view -> text.append(view.sabotView()).append(";\n"));
        return text.toString();
    }

    /** Follows a view until it holds what is expected; returns the difference if it does not come to that. */
    private static String awaited(Connection connection, Relation view, Multiset expected) throws SQLException {
        Multiset content = new Multiset();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS_MAX);
            try (ResultSet rows = statement.executeQuery("SELECT a, b, c FROM " + view.name() + " EMIT CHANGES")) {
                int before = rows.getMetaData().getColumnCount() - 3;
                while (!expected.equals(content) && rows.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int c = 1; c <= 3; c++) {
                        row.add(rows.getObject(before + c));
                    }
                    boolean goes = before > 0 && rows.getString(1).startsWith("-");
                    content.add(row, goes ? -1 : 1);
                }
            }
        } catch (SQLException e) {
            String wrong = expected.differences(content);
            if (wrong.isEmpty()) {
                throw e;
            }
            return e.getMessage() + "\n" + wrong;
        }
        return expected.differences(content);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
