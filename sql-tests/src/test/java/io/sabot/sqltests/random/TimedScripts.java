package io.sabot.sqltests.random;

import io.sabot.executor.batch.RowKind;
import io.sabot.sqltests.random.Script.Change;
import io.sabot.sqltests.random.Script.Column;
import io.sabot.sqltests.random.Script.Kind;
import io.sabot.sqltests.random.Script.Timing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes up tables of rows with event times in whole seconds: equal times, times out of order, and where they are asked for rows
 * behind the watermark of their split. Splits run at speeds of their own; their last rows close all windows.
 *
 * <p>Column {@code id} counts the changes of a split: number × splits + split.
 */
final class TimedScripts {
    private static final long END_OF_TIME = 1000;

    private final Random random;
    private final RandomRows values;

    TimedScripts(Random random) {
        this.random = random;
        this.values = new RandomRows(random);
    }

    Script random(String table, Kind kind, Timing timing, int splitCount, int changeCount) {
        List<Column> columns = List.of(
                new Column("id", "BIGINT"),
                new Column("a", "BIGINT"),
                new Column("b", "BIGINT"),
                new Column("c", "STRING"),
                new Column("ts", "TIMESTAMP(3)"));
        List<List<Script.Chunk>> splits = new ArrayList<>();
        for (int split = 0; split < splitCount; split++) {
            Writer writer = new Writer(kind, timing, split, splitCount);
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < changeCount / splitCount; i++) {
                changes.addAll(writer.next());
            }
            changes.add(writer.last());
            splits.add(values.chunks(changes));
        }
        return new Script(table, kind, columns, timing, splits);
    }

    private final class Writer {
        private final Kind kind;
        private final Timing timing;
        private final int split;
        private final int splitCount;
        private final int stride = 1 + random.nextInt(3);
        private final Map<Long, List<@Nullable Object>> present = new HashMap<>();
        private long now = random.nextInt(10) - 5L;
        private long watermark = Long.MIN_VALUE;
        private long count;

        Writer(Kind kind, Timing timing, int split, int splitCount) {
            this.kind = kind;
            this.timing = timing;
            this.split = split;
            this.splitCount = splitCount;
        }

        List<Change> next() {
            now += random.nextInt(3) == 0 ? random.nextInt(2 * stride + 1) : 0;
            long time = now - random.nextInt(timing.delay() + (timing.late() ? 4 : 1));
            if (!timing.late() && time <= watermark) {
                time = watermark + 1;
            }
            watermark = Math.max(watermark, time - timing.delay());
            return switch (kind) {
                case VERSIONS -> List.of(Change.insert(row(key(), time)));
                case CHANGING_VERSIONS -> version(key(), time);
                case KEYED, PLAIN, EVENTS -> List.of(Change.insert(row(values.a(), time)));
            };
        }

        /** A key of this split: a key's changes are all in one. */
        private Long key() {
            return (long) random.nextInt(3) * splitCount + split;
        }

        private List<Change> version(Long key, long time) {
            List<@Nullable Object> row = row(key, time);
            List<@Nullable Object> old = present.get(key);
            if (old == null) {
                present.put(key, row);
                return List.of(Change.insert(row));
            }
            if (random.nextInt(4) == 0) {
                present.remove(key);
                return List.of(Change.delete(row));
            }
            present.put(key, row);
            return List.of(new Change(RowKind.UPDATE_BEFORE, old), new Change(RowKind.UPDATE_AFTER, row));
        }

        Change last() {
            return Change.insert(Arrays.asList(id(), Script.LAST + split, null, null, END_OF_TIME));
        }

        private Long id() {
            return count++ * splitCount + split;
        }

        private List<@Nullable Object> row(@Nullable Long a, long time) {
            return Arrays.asList(id(), a, values.b(), values.c(), time);
        }
    }
}
