package io.sabot.sqltests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs statements and reads what they answer as text. */
final class Rows {
    private Rows() {}

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows in the order in which they came, values between bars. */
    static List<String> of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            for (List<String> row : RowTable.read(rows, Integer.MAX_VALUE).rows()) {
                lines.add(String.join("|", row));
            }
            return lines;
        }
    }

    /** All rows, sorted. */
    static List<String> sorted(Connection connection, String sql) throws SQLException {
        return of(connection, sql).stream().sorted().toList();
    }
}
