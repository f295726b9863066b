package io.sabot.sqltests.logic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a number of runs gave. Not thread-safe. */
public final class LogicTally {
    /**
     * A record that did not do what the file says.
     *
     * @param place FILE:LINE
     * @param sql as the file has it
     */
    public record Difference(String place, boolean isQuery, String sql, String text) {}

    private final List<Difference> differences = new ArrayList<>();
    private int queries;
    private int statements;
    private long queryNanos;
    private long statementNanos;
    private long slowestNanos;
    private String slowest = "";

    void add(String file, LogicRecord logicRecord, Optional<String> difference, long nanos) {
        String place = file + ":" + logicRecord.line();
        boolean isQuery = logicRecord instanceof LogicRecord.Query;
        if (isQuery) {
            queries++;
            queryNanos += nanos;
        } else {
            statements++;
            statementNanos += nanos;
        }
        if (nanos > slowestNanos) {
            slowestNanos = nanos;
            slowest = place;
        }
        difference.ifPresent(text -> differences.add(new Difference(place, isQuery, logicRecord.sql(), text)));
    }

    /** Adds what another one counted. */
    void addAll(LogicTally other) {
        differences.addAll(other.differences);
        queries += other.queries;
        statements += other.statements;
        queryNanos += other.queryNanos;
        statementNanos += other.statementNanos;
        if (other.slowestNanos > slowestNanos) {
            slowestNanos = other.slowestNanos;
            slowest = other.slowest;
        }
    }

    public List<Difference> differences() {
        return List.copyOf(differences);
    }

    public int queries() {
        return queries;
    }

    /** Part of the queries that gave what they must. */
    public double rate() {
        long wrong = differences.stream().filter(Difference::isQuery).count();
        return queries == 0 ? 1 : (queries - wrong) / (double) queries;
    }

    @Override
    public String toString() {
        return "%d queries (%.1f ms each), %d statements (%.1f ms each), %d differences, slowest %.0f ms at %s"
                .formatted(
                        queries,
                        millis(queryNanos, queries),
                        statements,
                        millis(statementNanos, statements),
                        differences.size(),
                        millis(slowestNanos, 1),
                        slowest);
    }

    private static double millis(long nanos, int count) {
        return count == 0 ? 0 : nanos / 1e6 / count;
    }
}
