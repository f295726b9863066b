package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;

/**
 * The values that groups have, for DISTINCT and for MIN and MAX over input that can retract. With windows, a set of values
 * belongs to a group and a window.
 */
public final class ValueState implements GroupValues, AutoCloseable {
    private static final long KEY_GROUP_BITS = -1L << 48;

    private final Aggregation aggregation;
    private final LongCell lastNumber;
    private final BigIntVector numbers;
    private final int[] keyColumns;
    private final KeyEncoder groups;
    private final List<DistinctSet> distincts = new ArrayList<>();
    private final List<ExtremeSet> extremes = new ArrayList<>();

    private ValueState(
            Aggregation aggregation,
            List<DataType> keyTypes,
            int[] keyColumns,
            OperatorContext context,
            boolean retracting,
            boolean windowed,
            StateBound bound) {
        this.aggregation = aggregation;
        this.keyColumns = keyColumns;
        this.groups = new KeyEncoder(context.allocator(), keyTypes);
        this.lastNumber = context.state().cell("group-numbers", 0, LongCell.Merge.MAX);
        this.numbers = new BigIntVector("number", context.allocator());
        for (Aggregation.DistinctSpec spec : aggregation.distincts()) {
            String name = "distinct-" + distincts.size();
            distincts.add(new DistinctSet(name, spec, retracting, context, windowed, bound));
        }
        for (Aggregation.ExtremeSpec spec : aggregation.extremes()) {
            String name = "values-" + extremes.size();
            extremes.add(new ExtremeSet(name, spec, groups.layout(), context, windowed, bound));
        }
    }

    /** Values per group. */
    public static ValueState ofGroups(
            Aggregation aggregation,
            List<DataType> keyTypes,
            int[] keyColumns,
            boolean retracting,
            OperatorContext context) {
        return new ValueState(aggregation, keyTypes, keyColumns, context, retracting, false, StateBound.NOTHING);
    }

    /** Values per group and window. */
    public static ValueState ofWindows(
            Aggregation aggregation,
            List<DataType> keyTypes,
            int[] keyColumns,
            boolean retracting,
            OperatorContext context) {
        return new ValueState(aggregation, keyTypes, keyColumns, context, retracting, true, StateBound.WATERMARK);
    }

    /** Changes the records of a run by its rows, which belong to one window if there are windows. */
    public void update(long windowEnd, Batch batch, Run run, Tails tails) {
        for (ExtremeSet set : extremes) {
            set.useWindow(windowEnd);
        }
        if (!distincts.isEmpty()) {
            number(batch, run);
        }
        for (DistinctSet set : distincts) {
            set.useWindow(windowEnd);
            set.begin(batch, run, new Column(numbers));
        }
        aggregation.update(batch, run, tails, this);
        for (DistinctSet set : distincts) {
            set.end();
        }
    }

    /**
     * Fills in the number of each row's group. Numbers stand for group keys in the tables of values: they are short, and
     * unique since they begin with the bits of the group's key group, which one task has at a time.
     */
    private void number(Batch batch, Run run) {
        if (numbers.getValueCapacity() < batch.rowCount()) {
            numbers.allocateNew(batch.rowCount());
        }
        long to = numbers.getDataBufferAddress();
        int offset = aggregation.groupNumber();
        KeyBatch owners = null;
        for (int i = 0; i < run.count(); i++) {
            long at = run.records()[i] + offset;
            long number = Memory.getLong(at);
            if (number == 0) {
                owners = owners == null ? groups.encode(batch, keyColumns, run.selection()) : owners;
                lastNumber.set(lastNumber.get() + 1);
                number = (owners.hash(i) & KEY_GROUP_BITS) | lastNumber.get();
                Memory.putLong(at, number);
            }
            Memory.putLong(to + ((long) run.rows()[i] << 3), number);
        }
        numbers.setValueCount(batch.rowCount());
        Memory.fill(numbers.getValidityBufferAddress(), (batch.rowCount() + 7) >> 3, (byte) -1);
    }

    /** Forgets the values of a window, whose groups are the keys of a table. */
    public void dropWindow(long windowEnd, RecordTable windowGroups) {
        for (DistinctSet set : distincts) {
            set.dropWindow(windowEnd);
        }
        for (ExtremeSet set : extremes) {
            set.dropWindow(windowEnd, windowGroups);
        }
    }

    @Override
    public void distinct(int set, int filter, Run run, Run thinned) {
        distincts.get(set).thin(filter, run, thinned);
    }

    @Override
    public void extremes(int multiset, Batch batch, Run run, Tails tails) {
        KeyBatch owners = groups.encode(batch, keyColumns, run.selection());
        extremes.get(multiset).update(owners, batch, run, tails);
    }

    @Override
    public void close() {
        groups.close();
        numbers.close();
        distincts.forEach(DistinctSet::close);
        extremes.forEach(ExtremeSet::close);
    }
}
