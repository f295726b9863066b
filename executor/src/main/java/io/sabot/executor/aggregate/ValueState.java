package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import java.util.ArrayList;
import java.util.List;

/**
 * The values that groups have, for DISTINCT and for MIN and MAX over input that can retract. With windows, a set of values
 * belongs to a group and a window.
 */
public final class ValueState implements GroupValues, AutoCloseable {
    private final Aggregation aggregation;
    private final int[] keyColumns;
    private final KeyEncoder groups;
    private final List<DistinctSet> distincts = new ArrayList<>();
    private final List<ExtremeSet> extremes = new ArrayList<>();

    private ValueState(
            Aggregation aggregation,
            List<DataType> keyTypes,
            int[] keyColumns,
            OperatorContext context,
            boolean windowed,
            StateBound bound) {
        this.aggregation = aggregation;
        this.keyColumns = keyColumns;
        this.groups = new KeyEncoder(context.allocator(), keyTypes);
        for (Aggregation.DistinctSpec spec : aggregation.distincts()) {
            String name = "distinct-" + distincts.size();
            distincts.add(new DistinctSet(name, spec, keyTypes, keyColumns, context, windowed, bound));
        }
        for (Aggregation.ExtremeSpec spec : aggregation.extremes()) {
            String name = "values-" + extremes.size();
            extremes.add(new ExtremeSet(name, spec, groups.layout(), context, windowed, bound));
        }
    }

    /** Values per group. */
    public static ValueState ofGroups(
            Aggregation aggregation, List<DataType> keyTypes, int[] keyColumns, OperatorContext context) {
        return new ValueState(aggregation, keyTypes, keyColumns, context, false, StateBound.NOTHING);
    }

    /** Values per group and window. */
    public static ValueState ofWindows(
            Aggregation aggregation, List<DataType> keyTypes, int[] keyColumns, OperatorContext context) {
        return new ValueState(aggregation, keyTypes, keyColumns, context, true, StateBound.WATERMARK);
    }

    /** Changes the records of a run by its rows, which belong to one window if there are windows. */
    public void update(long windowEnd, Batch batch, Run run, Tails tails) {
        for (DistinctSet set : distincts) {
            set.useWindow(windowEnd);
        }
        for (ExtremeSet set : extremes) {
            set.useWindow(windowEnd);
        }
        aggregation.update(batch, run, tails, this);
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
    public void distinct(int set, Batch batch, Run run, Run thinned) {
        KeyBatch owners = groups.encode(batch, keyColumns, run.selection());
        distincts.get(set).thin(owners, batch, run, thinned);
    }

    @Override
    public void extremes(int multiset, Batch batch, Run run, Tails tails) {
        KeyBatch owners = groups.encode(batch, keyColumns, run.selection());
        extremes.get(multiset).update(owners, batch, run, tails);
    }

    @Override
    public void close() {
        groups.close();
        distincts.forEach(DistinctSet::close);
        extremes.forEach(ExtremeSet::close);
    }
}
