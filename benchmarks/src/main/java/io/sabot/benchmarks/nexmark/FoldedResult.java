package io.sabot.benchmarks.nexmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is left of a query's changelog when all of it has been applied: lines of fields between bars, sorted. */
final class FoldedResult {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private FoldedResult() {}

    /** Runs a SELECT to the end of its inputs. */
    static List<String> of(Connection connection, String select) throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select + " EMIT CHANGES")) {
            boolean changes = rows.getMetaData().getColumnLabel(1).equals("op");
            int first = changes ? 2 : 1;
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                boolean added = !changes || rows.getString(1).startsWith("+");
                StringBuilder line = new StringBuilder();
                for (int i = first; i <= columns; i++) {
                    line.append(i == first ? "" : "|").append(text(rows, i));
                }
                counts.merge(line.toString(), added ? 1 : -1, Integer::sum);
            }
        }
        return lines(counts);
    }

    private static List<String> lines(Map<String, Integer> counts) {
        List<String> lines = new ArrayList<>();
        counts.forEach((line, count) -> {
            if (count < 0) {
                throw new IllegalStateException("a row was taken back that never came: " + line);
            }
            for (int i = 0; i < count; i++) {
                lines.add(line);
            }
        });
        lines.sort(null);
        return lines;
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        if (rows.getMetaData().getColumnType(column) == Types.TIMESTAMP) {
            Timestamp timestamp = rows.getTimestamp(column);
            return timestamp == null ? "null" : timestamp.toLocalDateTime().format(TIME);
        }
        return String.valueOf(rows.getString(column));
    }
}
