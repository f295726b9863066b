package io.sabot.sqltests.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeSet;

/**
 * Runs the statements of its standard input, one a line, on a data directory, and answers each with a line: {@code ok}, or
 * the rows, sorted. Ends with its input, or when it is killed.
 */
public final class StatementProcess {
    private StatementProcess() {}

    /** Argument: the data directory. */
    public static void main(String[] arguments) throws SQLException, IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            System.out.println("running");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(statement.execute(line) ? rows(statement) : "ok");
            }
        }
    }

    private static String rows(Statement statement) throws SQLException {
        TreeSet<String> lines = new TreeSet<>();
        try (ResultSet rows = statement.getResultSet()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    line.append(i > 1 ? "|" : "").append(rows.getString(i));
                }
                lines.add(line.toString());
            }
        }
        return String.join(" ", lines);
    }
}
