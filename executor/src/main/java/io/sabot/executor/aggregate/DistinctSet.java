package io.sabot.executor.aggregate;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SlicedRecordTable;
import io.sabot.executor.state.StateBound;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Which values are in their group: (group number, value) → per filter how often. A batch is looked up once for all filters.
 *
 * <pre>
 *   record:  │ one bit per filter 8 │ …                append-only
 *            │ signed count 8 │ … one per filter       retracting
 * </pre>
 */
final class DistinctSet implements AutoCloseable {
    private final Aggregation.DistinctSpec spec;
    private final boolean retracting;
    private final RowSlot withValues;
    private final KeyEncoder encoder;
    private final int recordWords;
    private final int groupCount;
    private final @Nullable SlicedRecordTable windows;
    private final @Nullable LocalTable local;
    private @Nullable RecordTable table;
    private @Nullable KeyBatch keys;
    private final Run looked = new Run();
    private long[] records = new long[0];
    private long[] recordOfRow = new long[0];
    private long[] groups = new long[0];
    private int[] gone = new int[0];

    DistinctSet(
            String name,
            Aggregation.DistinctSpec spec,
            boolean retracting,
            OperatorContext context,
            boolean windowed,
            StateBound bound) {
        this.spec = spec;
        this.retracting = retracting;
        withValues = RowSlot.of(0, spec.arguments(), -1, -1, -1);
        encoder = new KeyEncoder(context.allocator(), types(spec));
        groupCount = context.state().keyGroups().groupCount();
        recordWords = retracting ? spec.filters().size() : (spec.filters().size() + 63) >> 6;
        RecordSpec record = RecordSpec.of(encoder.layout(), recordWords * 8, bound);
        windows = windowed ? context.state().slicedTable(name, record) : null;
        table = windowed ? null : context.state().recordTable(name, record);
        local = null;
    }

    private DistinctSet(Aggregation.DistinctSpec spec, BufferAllocator allocator) {
        this.spec = spec;
        this.retracting = false;
        this.withValues = RowSlot.of(0, spec.arguments(), -1, -1, -1);
        this.encoder = new KeyEncoder(allocator, types(spec));
        this.groupCount = 1;
        this.recordWords = (spec.filters().size() + 63) >> 6;
        this.windows = null;
        this.local = new LocalTable(allocator, encoder.layout(), recordWords * 8);
    }

    /** Values of append-only rows, for a short time: in no checkpoint. */
    static DistinctSet withoutState(Aggregation.DistinctSpec spec, BufferAllocator allocator) {
        return new DistinctSet(spec, allocator);
    }

    private static List<DataType> types(Aggregation.DistinctSpec spec) {
        List<DataType> types = new ArrayList<>(List.of(AtomicType.BIGINT.withNullable(false)));
        types.addAll(spec.argumentTypes());
        return types;
    }

    /** Forgets all values of a set without state. */
    void clear() {
        if (local != null) {
            local.clear();
        }
    }

    void useWindow(long windowEnd) {
        if (windows != null) {
            table = windows.slice(windowEnd);
        }
    }

    void dropWindow(long windowEnd) {
        if (windows != null) {
            windows.drop(windowEnd);
            table = null;
        }
    }

    private RecordTable table() {
        RecordTable counts = table;
        if (counts == null) {
            throw new IllegalStateException("no window in use");
        }
        return counts;
    }

    /**
     * Looks up the values of a run that any filter lets pass.
     *
     * @param numbers BIGINT column: by row the number of its group, which begins with the bits of its key group
     */
    void begin(Batch batch, Run run, Column numbers) {
        Run rows = spec.keepNulls() ? run : withValues.passing(batch, run, looked);
        choose(batch, rows);
        int count = looked.count();
        if (records.length < count) {
            records = new long[count];
            groups = new long[count];
            gone = new int[count];
        }
        if (recordOfRow.length < batch.rowCount()) {
            recordOfRow = new long[batch.rowCount()];
        }
        Column[] columns = new Column[1 + spec.arguments().size()];
        columns[0] = numbers;
        for (int a = 1; a < columns.length; a++) {
            columns[a] = batch.column(spec.arguments().get(a - 1));
        }
        for (int i = 0; i < count; i++) {
            groups[i] = numbers.getLong(looked.rows()[i]);
        }
        KeyBatch found = encoder.encode(columns, looked.rows(), count);
        if (local != null) {
            local.resolve(found, records);
        } else {
            found.moveToGroups(groups, groupCount);
            table().resolve(found, records);
        }
        for (int i = 0; i < count; i++) {
            recordOfRow[looked.rows()[i]] = records[i];
        }
        keys = found;
    }

    /** Takes the rows that any filter lets pass; copies forward, so that they may be in the run of chosen ones already. */
    private void choose(Batch batch, Run rows) {
        boolean all = spec.filters().contains(-1);
        int count = rows.count();
        int[] indices = rows.rows();
        long[] addresses = rows.records();
        byte @Nullable [] signs = rows.signs();
        looked.reset(count);
        for (int i = 0; i < count; i++) {
            if (all || passesAny(batch, indices[i])) {
                looked.add(indices[i], addresses[i], signs == null ? 1 : signs[i]);
            }
        }
    }

    private boolean passesAny(Batch batch, int row) {
        for (int f = 0; f < spec.filters().size(); f++) {
            Column filter = batch.column(spec.filters().get(f));
            if (!filter.isNull(row) && filter.getBoolean(row)) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the rows by which a value appears in its group (+1) or disappears from it (-1). */
    void thin(int filter, Run run, Run thinned) {
        thinned.reset(run.count());
        int f = spec.filters().indexOf(filter);
        if (retracting) {
            thinBySigns(f * 8L, run, thinned);
        } else {
            thinNew((f >> 6) * 8L, 1L << f, run, thinned);
        }
    }

    private void thinNew(long offset, long bit, Run run, Run thinned) {
        for (int i = 0; i < run.count(); i++) {
            long at = recordOfRow[run.rows()[i]] + offset;
            long bits = Memory.getLong(at);
            if ((bits & bit) == 0) {
                Memory.putLong(at, bits | bit);
                thinned.add(run.rows()[i], run.records()[i], 1);
            }
        }
    }

    private void thinBySigns(long offset, Run run, Run thinned) {
        byte[] signs = run.signs();
        boolean forgets = table != null && table.forgets();
        for (int i = 0; i < run.count(); i++) {
            long at = recordOfRow[run.rows()[i]] + offset;
            long before = Memory.getLong(at);
            if (forgets && before <= 0 && signs != null && signs[i] < 0) {
                continue;
            }
            long after = before + (signs == null ? 1 : signs[i]);
            Memory.putLong(at, after);
            if (before <= 0 && after > 0) {
                thinned.add(run.rows()[i], run.records()[i], 1);
            } else if (before > 0 && after <= 0) {
                thinned.add(run.rows()[i], run.records()[i], -1);
            }
        }
    }

    /** Forgets values that are in no set any more. */
    void end() {
        KeyBatch found = keys;
        keys = null;
        if (!retracting || found == null) {
            return;
        }
        int zeros = 0;
        for (int i = 0; i < looked.count(); i++) {
            if (isZero(records[i])) {
                gone[zeros++] = i;
            }
        }
        if (zeros > 0) {
            table().remove(found, gone, zeros);
        }
    }

    private boolean isZero(long record) {
        for (int word = 0; word < recordWords; word++) {
            if (Memory.getLong(record + word * 8L) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        encoder.close();
        if (local != null) {
            local.close();
        }
    }
}
