package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import java.util.ArrayList;
import java.util.List;

/**
 * The values that groups have, for DISTINCT and for MIN and MAX over input that can retract. With windows, a set of values
 * belongs to a group and a window.
 */
public final class ValueState implements GroupValues {
    private static final long KEY_GROUP_BITS = -1L << 48;

    private final Aggregation aggregation;
    private final LongCell lastNumber;
    private final GroupNumbers numbers;
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
        this.groups = context.own(new KeyEncoder(context.allocator(), keyTypes));
        this.lastNumber = context.state().cell("group-numbers", 0, LongCell.Merge.MAX);
        this.numbers = context.own(new GroupNumbers(aggregation.groupNumber(), context.allocator()));
        for (Aggregation.DistinctSpec spec : aggregation.distincts()) {
            String name = "distinct-" + distincts.size();
            distincts.add(context.own(new DistinctSet(name, spec, retracting, context, windowed, bound)));
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
            Column column = number(batch, run);
            for (DistinctSet set : distincts) {
                set.useWindow(windowEnd);
                set.begin(batch, run, column);
            }
        }
        aggregation.update(batch, run, tails, this);
        for (DistinctSet set : distincts) {
            set.end();
        }
    }

    /**
     * The number of each row's group. It stands for the group's key in the tables of values: short, and unique since it begins
     * with the bits of the key group, which one task has at a time.
     */
    private Column number(Batch batch, Run run) {
        KeyBatch[] owners = new KeyBatch[1];
        return numbers.of(batch, run, position -> {
            if (owners[0] == null) {
                owners[0] = groups.encode(batch, keyColumns, run.selection());
            }
            lastNumber.set(lastNumber.get() + 1);
            return (owners[0].hash(position) & KEY_GROUP_BITS) | lastNumber.get();
        });
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
}
