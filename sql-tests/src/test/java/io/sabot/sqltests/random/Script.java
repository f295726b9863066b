package io.sabot.sqltests.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table in the order in which they come, for each split.
 *
 * @param columns SQL of the columns
 * @param keyed whether the first column is the primary key; a key's changes are all in one split
 * @param splits chunks of each split; a chunk is read at once
 */
record Script(String table, List<Column> columns, boolean keyed, List<List<Chunk>> splits) {
    /** Column {@code a} of the last row of the first split; further splits count on. */
    static final long LAST = 1000;

    /** A column's name and type, BIGINT or STRING. */
    record Column(String name, String type) {
        boolean isText() {
            return type.equals("STRING");
        }
    }

    /** One change: a row that comes, or one like it that goes. */
    record Change(boolean insert, List<@Nullable Object> row) {}

    /**
     * Changes that are read together.
     *
     * @param afterEpoch whether an epoch ends before them at the latest
     */
    record Chunk(List<Change> changes, boolean afterEpoch) {}

    /** Random changes: rows with small values and NULLs, equal rows, updates whose halves may be read apart. */
    static Script random(String table, boolean keyed, int splitCount, int changeCount, Random random) {
        List<Column> columns = new ArrayList<>();
        if (keyed) {
            columns.add(new Column("id", "BIGINT"));
        }
        columns.add(new Column("a", "BIGINT"));
        columns.add(new Column("b", "BIGINT"));
        columns.add(new Column("c", "STRING"));
        List<List<Chunk>> splits = new ArrayList<>();
        for (int split = 0; split < splitCount; split++) {
            splits.add(chunks(new Writer(keyed, split, splitCount, random), changeCount / splitCount, random));
        }
        return new Script(table, columns, keyed, splits);
    }

    private static List<Chunk> chunks(Writer writer, int changeCount, Random random) {
        List<Chunk> chunks = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        int chunkSize = 1 + random.nextInt(6);
        for (int i = 0; i < changeCount; i++) {
            for (Change change : writer.next()) {
                changes.add(change);
                if (random.nextInt(chunkSize) == 0) {
                    chunks.add(new Chunk(List.copyOf(changes), random.nextInt(3) > 0));
                    changes.clear();
                }
            }
        }
        changes.add(writer.last());
        chunks.add(new Chunk(List.copyOf(changes), random.nextBoolean()));
        return chunks;
    }

    /** The rows of one split as they are while its changes are made up. */
    private static final class Writer {
        private final boolean keyed;
        private final int split;
        private final int splitCount;
        private final Random random;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private long keys;

        Writer(boolean keyed, int split, int splitCount, Random random) {
            this.keyed = keyed;
            this.split = split;
            this.splitCount = splitCount;
            this.random = random;
        }

        List<Change> next() {
            int what = rows.isEmpty() ? 0 : random.nextInt(10);
            if (what < 5) {
                List<@Nullable Object> row = row(keys++ * splitCount + split);
                rows.add(row);
                return List.of(new Change(true, row));
            }
            List<@Nullable Object> old = rows.remove(random.nextInt(rows.size()));
            if (what < 7) {
                return List.of(new Change(false, old));
            }
            List<@Nullable Object> changed = row(keyed ? (Long) old.get(0) : 0L);
            rows.add(changed);
            return List.of(new Change(false, old), new Change(true, changed));
        }

        Change last() {
            List<@Nullable Object> row = new ArrayList<>();
            if (keyed) {
                row.add(-1L - split);
            }
            row.add(LAST + split);
            row.add(null);
            row.add(null);
            return new Change(true, row);
        }

        private List<@Nullable Object> row(long key) {
            List<@Nullable Object> row = new ArrayList<>();
            if (keyed) {
                row.add(key);
            }
            row.add(random.nextInt(5) == 0 ? null : (long) random.nextInt(4));
            row.add(random.nextInt(6) == 0 ? null : (long) random.nextInt(8) - 2);
            row.add(
                    random.nextInt(6) == 0
                            ? null
                            : List.of("", "x", "y", "yz", "ä").get(random.nextInt(5)));
            return row;
        }
    }

    /** Last rows of all splits that are among these. */
    long lastRows(List<Change> changes) {
        int column = keyed ? 1 : 0;
        return changes.stream()
                .filter(change -> change.row().get(column) instanceof Long a && a >= LAST)
                .count();
    }

    /** CREATE TABLE in SQL that reads the script through {@link ScriptedSource}. */
    String sabotTable(String run) {
        return "CREATE TABLE " + table + " (" + columnList() + (keyed ? ", PRIMARY KEY (id) NOT ENFORCED" : "")
                + ") WITH ('connector' = 'scripted', 'format' = 'changes', 'run' = '" + run + "')";
    }

    /** CREATE TABLE of a sink that records, with the columns of this table. */
    String sabotCopy(String run) {
        return "CREATE TABLE copy_" + table + " (" + columnList() + ") WITH ('connector' = 'recorder', 'run' = '" + run
                + "')";
    }

    /** CREATE TABLE in DuckDB. */
    String duckTable() {
        return "CREATE TABLE " + table + " (" + columnList().replace("STRING", "VARCHAR") + ")";
    }

    private String columnList() {
        return String.join(
                ", ",
                columns.stream()
                        .map(column -> column.name() + " " + column.type()
                                + (keyed && column.name().equals("id") ? " NOT NULL" : ""))
                        .toList());
    }
}
