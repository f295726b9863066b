package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
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
import org.jspecify.annotations.Nullable;

/** How often each value is in its group: (group key, value) → signed count. */
final class DistinctSet implements AutoCloseable {
    private final KeyEncoder encoder;
    private final int[] columns;
    private final int groupCount;
    private final @Nullable SlicedRecordTable windows;
    private @Nullable RecordTable table;
    private long[] records = new long[0];
    private int[] gone = new int[0];

    DistinctSet(
            String name,
            Aggregation.DistinctSpec spec,
            List<DataType> keyTypes,
            int[] keyColumns,
            OperatorContext context,
            boolean windowed,
            StateBound bound) {
        List<DataType> types = new ArrayList<>(keyTypes);
        types.addAll(spec.argumentTypes());
        columns = new int[types.size()];
        System.arraycopy(keyColumns, 0, columns, 0, keyColumns.length);
        for (int a = 0; a < spec.arguments().size(); a++) {
            columns[keyColumns.length + a] = spec.arguments().get(a);
        }
        encoder = new KeyEncoder(context.allocator(), types);
        groupCount = context.state().keyGroups().groupCount();
        RecordSpec records = RecordSpec.of(encoder.layout(), 8, bound);
        windows = windowed ? context.state().slicedTable(name, records) : null;
        table = windowed ? null : context.state().recordTable(name, records);
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

    /** Keeps the rows by which a value appears in its group (+1) or disappears from it (-1). */
    void thin(KeyBatch owners, Batch batch, Run run, Run thinned) {
        RecordTable counts = table;
        if (counts == null) {
            throw new IllegalStateException("no window in use");
        }
        int count = run.count();
        if (records.length < count) {
            records = new long[count];
            gone = new int[count];
        }
        KeyBatch keys = encoder.encode(batch, columns, run.selection());
        keys.moveToGroupsOf(owners, groupCount);
        counts.resolve(keys, records);
        thinned.reset(count);
        byte[] signs = run.signs();
        boolean zero = false;
        for (int i = 0; i < count; i++) {
            long before = Memory.getLong(records[i]);
            long after = before + (signs == null ? 1 : signs[i]);
            Memory.putLong(records[i], after);
            zero |= after == 0;
            if (before <= 0 && after > 0) {
                thinned.add(run.rows()[i], run.records()[i], 1);
            } else if (before > 0 && after <= 0) {
                thinned.add(run.rows()[i], run.records()[i], -1);
            }
        }
        if (zero) {
            removeZeros(counts, keys, count);
        }
    }

    private void removeZeros(RecordTable counts, KeyBatch keys, int count) {
        int zeros = 0;
        for (int i = 0; i < count; i++) {
            if (Memory.getLong(records[i]) == 0) {
                gone[zeros++] = i;
            }
        }
        counts.remove(keys, gone, zeros);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
