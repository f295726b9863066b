package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of an operator: where each keeps its values in a record, how a batch changes records, how results are
 * written.
 *
 * <pre>
 *   record:  │ rows, signed (8) │ counter of another set of rows (8) │ … │ accumulator │ accumulator │ …
 * </pre>
 *
 * <p>A new record is all zeros. Texts are in the record's tail ({@link Tails}). Records may be merged and copied freely,
 * unless {@link #hasValues}. One thread uses it; its maker closes it.
 */
public final class Aggregation implements AutoCloseable {
    private final List<RowSlot> slots;
    private final List<Result> results;
    private final List<Result> partials;
    private final int recordBytes;
    private final int groupNumber;
    private final boolean hasTail;
    private final List<DistinctSpec> distincts;
    private final List<ExtremeSpec> extremes;
    /** Closes what kernels hold. */
    private final List<Runnable> owned;

    private final Run passed = new Run();
    private final Run thinned = new Run();

    /**
     * Sets of values by which rows are thinned out: arguments of one or several DISTINCT aggregates.
     *
     * @param keepNulls whether NULL is a value like others
     * @param filters one set per BOOLEAN column that must be true; -1 for the set of all rows
     */
    record DistinctSpec(
            List<Integer> arguments, List<DataType> argumentTypes, boolean keepNulls, List<Integer> filters) {}

    /** A MIN or MAX over input that can retract. */
    record ExtremeSpec(int column, DataType type, boolean greatest, RowSlot slot, ExtremeCell cell) {}

    Aggregation(
            List<RowSlot> slots,
            List<Result> results,
            List<Result> partials,
            int recordBytes,
            int groupNumber,
            boolean hasTail,
            List<DistinctSpec> distincts,
            List<ExtremeSpec> extremes,
            List<Runnable> owned) {
        this.slots = List.copyOf(slots);
        this.results = List.copyOf(results);
        this.partials = List.copyOf(partials);
        this.recordBytes = recordBytes;
        this.groupNumber = groupNumber;
        this.hasTail = hasTail;
        this.distincts = List.copyOf(distincts);
        this.extremes = List.copyOf(extremes);
        this.owned = List.copyOf(owned);
    }

    /**
     * Aggregates over rows.
     *
     * @param retracting whether rows may go as well as come
     */
    public static Aggregation ofRows(List<AggregateSpec> specs, boolean retracting, BufferAllocator allocator) {
        return new AggregationBuilder(retracting, allocator).ofRows(specs);
    }

    /**
     * Aggregates over what a local phase puts out: per aggregate its accumulator columns, from {@code firstColumn} on, then
     * the signed count of rows.
     */
    public static Aggregation ofPartials(
            List<AggregateSpec> specs, int firstColumn, boolean retracting, BufferAllocator allocator) {
        return new AggregationBuilder(retracting, allocator).ofPartials(specs, firstColumn);
    }

    /** Columns of a local phase's output for these aggregates, without the count of rows. */
    public static int partialColumns(List<AggregateSpec> specs) {
        return specs.stream().mapToInt(AggregateSpec::partialColumns).sum();
    }

    /** Bytes of a record, a multiple of 8. */
    public int recordBytes() {
        return recordBytes;
    }

    /** Whether records need a tail. */
    public boolean hasTail() {
        return hasTail;
    }

    /** Whether values are kept beside the records (DISTINCT, MIN and MAX with retraction): such records cannot be merged. */
    public boolean hasValues() {
        return !distincts.isEmpty() || !extremes.isEmpty();
    }

    /** Where in the record the number of the group is by which its distinct values are found; 0 for "none yet". */
    int groupNumber() {
        return groupNumber;
    }

    List<DistinctSpec> distincts() {
        return distincts;
    }

    List<ExtremeSpec> extremes() {
        return extremes;
    }

    /** Signed number of rows that a record stands for. */
    public static long rowCount(long record) {
        return Memory.getLong(record);
    }

    /** Changes the records of a run by its rows. */
    public void update(Batch batch, Run run, Tails tails) {
        update(batch, run, tails, null);
    }

    /** As {@link #update(Batch, Run, Tails)}, with the state that {@link #hasValues} asks for. */
    void update(Batch batch, Run run, Tails tails, @Nullable GroupValues values) {
        for (int s = 0; s < slots.size(); s++) {
            RowSlot slot = slots.get(s);
            Run rows = slot.passing(batch, run, passed);
            if (slot.distinct() >= 0 && rows.count() > 0) {
                required(values).distinct(slot.distinct(), slot.filter(), rows, thinned);
                rows = thinned;
            }
            if (rows.count() == 0) {
                continue;
            }
            List<RowSlot.Member> members = slot.members();
            for (int m = 0; m < members.size(); m++) {
                RowSlot.Member member = members.get(m);
                member.accumulator().add(batch, member.column(), rows, tails);
            }
            slot.count(batch, rows);
            for (int e = 0; e < extremes.size(); e++) {
                if (extremes.get(e).slot().countOffset() == slot.countOffset()) {
                    required(values).extremes(e, batch, rows, tails);
                }
            }
        }
    }

    private static GroupValues required(@Nullable GroupValues values) {
        if (values == null) {
            throw new IllegalStateException("DISTINCT, or MIN and MAX with retraction, without state for values");
        }
        return values;
    }

    /** Adds {@code from[i]} to {@code to[i]} for each i. */
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        assert !hasValues() : "records with values of their own cannot be merged";
        for (RowSlot slot : slots) {
            slot.merge(from, fromTails, to, toTails, count);
        }
    }

    /** Appends each record's results to columns {@code firstColumn} and following. */
    public void writeResults(long[] records, int count, Tails tails, BatchBuilder out, int firstColumn) {
        for (int r = 0; r < results.size(); r++) {
            results.get(r).write(records, count, tails, out.column(firstColumn + r));
        }
    }

    /** Appends each record's result of one aggregate to a column. */
    public void writeResult(int aggregate, long[] records, int count, Tails tails, ColumnBuilder out) {
        results.get(aggregate).write(records, count, tails, out);
    }

    /** Appends each record's accumulators, then its count of rows, to columns {@code firstColumn} and following. */
    public void writePartials(long[] records, int count, Tails tails, BatchBuilder out, int firstColumn) {
        for (int r = 0; r < partials.size(); r++) {
            partials.get(r).write(records, count, tails, out.column(firstColumn + r));
        }
    }

    /** Number of result columns. */
    public int resultCount() {
        return results.size();
    }

    @Override
    public void close() {
        owned.forEach(Runnable::run);
    }
}
