package io.sabot.sqltests.logic;

import java.util.List;

/** One record of a file that is meant for this engine. */
public sealed interface LogicRecord {
    /** Line of its first word, from one. */
    int line();

    /** As the file has it, lines joined by line feeds. */
    String sql();

    /**
     * A statement without rows.
     *
     * @param succeeds whether it must run, or be refused
     */
    record Statement(int line, String sql, boolean succeeds) implements LogicRecord {}

    /**
     * A query.
     *
     * @param types a letter a column: {@code I} integer, {@code R} real, {@code T} text
     * @param expected a line for each value, or one with their number and hash
     */
    record Query(int line, String sql, String types, Order order, List<String> expected) implements LogicRecord {
        public Query {
            expected = List.copyOf(expected);
        }
    }

    /** What is sorted before values are compared. */
    enum Order {
        NOSORT,
        ROWSORT,
        VALUESORT
    }
}
