package io.sabot.sqltests.logic;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Runs records of one file, in order, on an engine of their own, and counts. */
public final class LogicRun {
    private static final AtomicLong ENGINES = new AtomicLong();

    private final String file;
    private final LogicTally tally;
    private final LogicDialect dialect = new LogicDialect();

    /** @param file its path in the suite, part of the place of a difference */
    public LogicRun(String file, LogicTally tally) {
        this.file = file;
        this.tally = tally;
    }

    /** Runs the records. Differences go to the tally; an exception means that there is no engine. */
    public void run(List<LogicRecord> records) throws SQLException {
        String url = "jdbc:sabot:mem:logic-" + ENGINES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url)) {
            for (LogicRecord each : records) {
                Optional<String> sql = dialect.translate(each.sql());
                if (sql.isPresent()) {
                    long start = System.nanoTime();
                    Optional<String> difference = each instanceof LogicRecord.Query query
                            ? answer(connection, query, sql.get())
                            : outcome(connection, (LogicRecord.Statement) each, sql.get());
                    tally.add(file, each, difference, System.nanoTime() - start);
                }
            }
        }
    }

    private static Optional<String> answer(Connection connection, LogicRecord.Query query, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = LogicAnswer.values(rows, query);
            return LogicAnswer.isExpected(values, query)
                    ? Optional.empty()
                    : Optional.of("expected " + query.expected() + ", got " + shown(values));
        } catch (SQLException e) {
            return Optional.of("failed: " + e.getMessage());
        }
    }

    private static String shown(List<String> values) {
        return values.size() <= 8 ? values.toString() : LogicAnswer.hashed(values);
    }

    private static Optional<String> outcome(Connection connection, LogicRecord.Statement expected, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return expected.succeeds() ? Optional.empty() : Optional.of("ran, and must not");
        } catch (SQLException e) {
            return expected.succeeds() ? Optional.of("failed: " + e.getMessage()) : Optional.empty();
        }
    }
}
