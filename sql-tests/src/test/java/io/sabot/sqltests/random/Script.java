package io.sabot.sqltests.random;

import io.sabot.executor.batch.RowKind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table in the order in which they come, for each split.
 *
 * @param columns its columns; a key stands in the first one, a time, in whole seconds, in the last one
 * @param timing of its event times; empty for a table without
 * @param splits chunks of each split; a chunk is read at once
 */
record Script(String table, Kind kind, List<Column> columns, Timing timing, List<List<Chunk>> splits) {
    /** Column {@code a} of the last row of the first split; further splits count on. */
    static final long LAST = 1000;

    /** What a table holds. */
    enum Kind {
        /** Rows that come, change and go, with a primary key {@code id}; a key's changes are all in one split. */
        KEYED,
        /** Rows that come and go, equal ones among them. */
        PLAIN,
        /** Rows that only come, each with a time. */
        EVENTS,
        /** Rows with primary key {@code a}, each of which replaces the one before from its time on. */
        VERSIONS,
        /** Versions with the kinds of their changes: deletions too. */
        CHANGING_VERSIONS;

        boolean hasTime() {
            return this != KEYED && this != PLAIN;
        }
    }

    /** A column's name and type, BIGINT, STRING or TIMESTAMP(3). */
    record Column(String name, String type) {}

    /**
     * How the times of a table come.
     *
     * @param delay seconds that the watermark stays behind the latest time of a split
     * @param late whether rows come behind the watermark of their split
     */
    record Timing(int delay, boolean late) {
        static final Timing NONE = new Timing(0, false);
    }

    /** One change of a row. */
    record Change(RowKind kind, List<@Nullable Object> row) {
        static Change insert(List<@Nullable Object> row) {
            return new Change(RowKind.INSERT, row);
        }

        static Change delete(List<@Nullable Object> row) {
            return new Change(RowKind.DELETE, row);
        }

        /** Whether a row comes; else one like it goes. */
        boolean comes() {
            return RowKind.sign(kind.code()) > 0;
        }
    }

    /**
     * Changes that are read together.
     *
     * @param afterEpoch whether an epoch ends before them at the latest
     */
    record Chunk(List<Change> changes, boolean afterEpoch) {}

    /** All changes of a split. */
    List<Change> changes(int split) {
        return splits.get(split).stream()
                .flatMap(chunk -> chunk.changes().stream())
                .toList();
    }

    boolean isOneSplit() {
        return splits.size() == 1;
    }

    /** Last rows of all splits that are among these, which the copy of the table got. */
    long lastRows(List<Change> copied) {
        int column = kind == Kind.PLAIN ? 0 : 1;
        return copied.stream()
                .filter(change -> change.row().get(column) instanceof Long a && a >= LAST)
                .count();
    }

    /**
     * CREATE TABLE in SQL that reads the script through {@link ScriptedSource}.
     *
     * @param name of the table
     */
    String sabotTable(String name, String run) {
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name + " (" + columnList(columns));
        if (kind.hasTime()) {
            sql.append(", WATERMARK FOR ts AS ts - INTERVAL '" + timing.delay() + "' SECOND");
        }
        switch (kind) {
            case KEYED -> sql.append(", PRIMARY KEY (id) NOT ENFORCED");
            case VERSIONS, CHANGING_VERSIONS -> sql.append(", PRIMARY KEY (a) NOT ENFORCED");
            case PLAIN, EVENTS -> {}
        }
        return sql + ") WITH ('connector' = 'scripted', 'format' = '" + format() + "', 'run' = '" + run
                + "', 'script' = '" + table + "')";
    }

    private String format() {
        return switch (kind) {
            case KEYED, PLAIN, CHANGING_VERSIONS -> "changes";
            case EVENTS, VERSIONS -> "events";
        };
    }

    /** CREATE TABLE of a sink that records what tells how far the table has been read. */
    String sabotCopy(String run) {
        return "CREATE TABLE copy_" + table + " (" + columnList(copied())
                + ") WITH ('connector' = 'recorder', 'run' = '" + run + "')";
    }

    /** INSERT into the copy. */
    String copyInsert() {
        return "INSERT INTO copy_" + table + " SELECT "
                + copied().stream().map(Column::name).collect(Collectors.joining(", ")) + " FROM " + table;
    }

    private List<Column> copied() {
        return kind.hasTime() ? columns.subList(0, 2) : columns;
    }

    private String columnList(List<Column> of) {
        return of.stream()
                .map(column -> column.name() + " " + column.type() + (isKey(column) ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
    }

    private boolean isKey(Column column) {
        return switch (kind) {
            case KEYED -> column.name().equals("id");
            case VERSIONS, CHANGING_VERSIONS -> column.name().equals("a");
            case PLAIN, EVENTS -> false;
        };
    }
}
