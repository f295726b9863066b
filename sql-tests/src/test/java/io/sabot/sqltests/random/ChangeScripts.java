package io.sabot.sqltests.random;

import io.sabot.sqltests.random.Script.Change;
import io.sabot.sqltests.random.Script.Column;
import io.sabot.sqltests.random.Script.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes up tables that change: small values and NULLs, equal rows, updates whose halves may be read apart. */
final class ChangeScripts {
    private final Random random;
    private final RandomRows values;

    ChangeScripts(Random random) {
        this.random = random;
        this.values = new RandomRows(random);
    }

    Script random(String table, boolean keyed, int splitCount, int changeCount) {
        List<Column> columns = new ArrayList<>();
        if (keyed) {
            columns.add(new Column("id", "BIGINT"));
        }
        columns.addAll(List.of(new Column("a", "BIGINT"), new Column("b", "BIGINT"), new Column("c", "STRING")));
        List<List<Script.Chunk>> splits = new ArrayList<>();
        for (int split = 0; split < splitCount; split++) {
            Writer writer = new Writer(keyed, split, splitCount);
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < changeCount / splitCount; i++) {
                changes.addAll(writer.next());
            }
            changes.add(writer.last());
            splits.add(values.chunks(changes));
        }
        return new Script(table, keyed ? Kind.KEYED : Kind.PLAIN, columns, Script.Timing.NONE, splits);
    }

    /** The rows of one split as they are while its changes are made up. */
    private final class Writer {
        private final boolean keyed;
        private final int split;
        private final int splitCount;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private long keys;

        Writer(boolean keyed, int split, int splitCount) {
            this.keyed = keyed;
            this.split = split;
            this.splitCount = splitCount;
        }

        List<Change> next() {
            int what = rows.isEmpty() ? 0 : random.nextInt(10);
            if (what < 5) {
                List<@Nullable Object> row = row(keys++ * splitCount + split);
                rows.add(row);
                return List.of(Change.insert(row));
            }
            List<@Nullable Object> old = rows.remove(random.nextInt(rows.size()));
            if (what < 7) {
                return List.of(Change.delete(old));
            }
            List<@Nullable Object> changed = row(keyed ? (Long) old.get(0) : 0L);
            rows.add(changed);
            return List.of(Change.delete(old), Change.insert(changed));
        }

        Change last() {
            List<@Nullable Object> row = new ArrayList<>();
            if (keyed) {
                row.add(-1L - split);
            }
            row.add(Script.LAST + split);
            row.add(null);
            row.add(null);
            return Change.insert(row);
        }

        private List<@Nullable Object> row(long key) {
            List<@Nullable Object> row = new ArrayList<>();
            if (keyed) {
                row.add(key);
            }
            row.add(values.a());
            row.add(values.b());
            row.add(values.c());
            return row;
        }
    }
}
