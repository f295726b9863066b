package io.sabot.sqltests.random;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database in memory that answers queries over the content of tables: what is right. */
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    DuckDb(List<Script> tables) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            for (Script table : tables) {
                statement.execute(table.duckTable());
            }
        }
    }

    /** Gives a table this content. */
    void fill(Script table, Multiset content) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + table.table());
        }
        String marks =
                String.join(", ", table.columns().stream().map(column -> "?").toList());
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table.table() + " VALUES (" + marks + ")")) {
            boolean any = false;
            for (List<@Nullable Object> row : content.rows()) {
                for (int c = 0; c < row.size(); c++) {
                    insert.setObject(c + 1, row.get(c));
                }
                insert.addBatch();
                any = true;
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    /** What a query gives. */
    Multiset query(String sql) throws SQLException {
        Multiset answer = new Multiset();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
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
        connection.close();
    }
}
