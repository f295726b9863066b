package io.sabot.sqltests.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table with event times, each with the watermark that its split had before it: what decides whether it is
 * late. Halves of updates that are taken back are left out.
 */
record TimedRows(Script script, List<Row> rows) {
    /** A watermark before any row. */
    static final long START = -1_000_000;

    /**
     * @param number of the row in its split
     * @param present whether it is a row; else its key has none from its time on
     * @param watermark of the split before it
     */
    record Row(
            int split,
            long number,
            long id,
            boolean present,
            @Nullable Long a,
            @Nullable Long b,
            @Nullable String c,
            long time,
            long watermark) {}

    static TimedRows of(Script script) {
        List<Row> rows = new ArrayList<>();
        int splits = script.splits().size();
        for (int split = 0; split < splits; split++) {
            long watermark = START;
            for (Script.Change change : script.changes(split)) {
                List<@Nullable Object> row = change.row();
                long time = (Long) row.get(4);
                long id = (Long) row.get(0);
                switch (change.kind()) {
                    case UPDATE_BEFORE -> {}
                    case INSERT, UPDATE_AFTER, DELETE ->
                        rows.add(new Row(
                                split,
                                id / splits,
                                id,
                                change.comes(),
                                (Long) row.get(1),
                                (Long) row.get(2),
                                (String) row.get(3),
                                time,
                                watermark));
                }
                watermark = Math.max(watermark, time - script.timing().delay());
            }
        }
        return new TimedRows(script, rows);
    }

    /** How far a table has been read: rows of each split, and the watermark that they make together. */
    record Frontier(long[] read, long watermark) {}

    /** The frontier at which the rows with these greatest ids, one of each split, are the last ones. */
    Frontier frontier(long[] lastIds) {
        int splits = script.splits().size();
        long[] read = new long[splits];
        long[] watermarks = new long[splits];
        Arrays.fill(watermarks, START);
        for (int split = 0; split < splits; split++) {
            read[split] = lastIds[split] < 0 ? 0 : lastIds[split] / splits + 1;
        }
        for (Row row : rows) {
            if (row.number < read[row.split]) {
                watermarks[row.split] = Math.max(
                        watermarks[row.split], row.time - script.timing().delay());
            }
        }
        return new Frontier(read, Arrays.stream(watermarks).min().orElse(START));
    }

    /** Sessions of the rows up to a frontier. */
    List<Sessions.Assigned> sessions(Frontier frontier, WindowSpec spec) {
        Sessions sessions = new Sessions(spec.size(), spec.byKey());
        for (Row row : rows) {
            if (row.number < frontier.read[row.split]) {
                // with several splits no row is late, so that their order does not matter
                sessions.add(row.id, row.a, row.time, script.isOneSplit() ? row.watermark : START);
            }
        }
        return sessions.assigned();
    }
}
