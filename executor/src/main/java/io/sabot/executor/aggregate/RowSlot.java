package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows count for some accumulators, and how many did: one signed counter in the record. Aggregates that count the
 * same rows share it.
 *
 * @param countOffset where in the record the counter is
 * @param arguments columns that must not be NULL
 * @param filter BOOLEAN column that must be true; -1 for none
 * @param distinct number of the set of values by which rows are thinned out; -1 for none
 * @param countColumn BIGINT column whose values are added to the counter; -1 to count rows
 */
record RowSlot(
        int countOffset, List<Integer> arguments, int filter, int distinct, int countColumn, List<Member> members) {
    /** An accumulator and the column it reads. */
    record Member(Accumulator accumulator, int column) {}

    static RowSlot of(int countOffset, List<Integer> arguments, int filter, int distinct, int countColumn) {
        return new RowSlot(countOffset, List.copyOf(arguments), filter, distinct, countColumn, new ArrayList<>());
    }

    boolean sameRows(List<Integer> otherArguments, int otherFilter, int otherDistinct) {
        return countColumn < 0
                && arguments.equals(otherArguments)
                && filter == otherFilter
                && distinct == otherDistinct;
    }

    /** The rows of a run that pass filter and NULL checks: the run itself when all do, else in {@code scratch}. */
    Run passing(Batch batch, Run run, Run scratch) {
        Run passed = run;
        if (filter >= 0) {
            passed = passing(batch.column(filter), true, passed, scratch);
        }
        for (int argument : arguments) {
            Column column = batch.column(argument);
            if (column.hasNulls()) {
                passed = passing(column, false, passed, scratch);
            }
        }
        return passed;
    }

    /** Copies forward, so that the run may be the scratch itself. */
    private static Run passing(Column column, boolean isFilter, Run run, Run scratch) {
        int[] rows = run.rows();
        long[] records = run.records();
        byte @Nullable [] signs = run.signs();
        int count = run.count();
        scratch.reset(count);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int sign = signs == null ? 1 : signs[i];
            if (!column.isNull(row) && (!isFilter || Memory.getBit(column.values(), row))) {
                scratch.add(row, records[i], sign);
            }
        }
        return scratch;
    }

    void count(Batch batch, Run run) {
        long[] records = run.records();
        int count = run.count();
        if (countColumn >= 0) {
            long values = batch.column(countColumn).values();
            for (int i = 0; i < count; i++) {
                long at = records[i] + countOffset;
                Memory.putLong(at, Memory.getLong(at) + Memory.getLong(values + ((long) run.rows()[i] << 3)));
            }
            return;
        }
        byte[] signs = run.signs();
        if (signs == null) {
            for (int i = 0; i < count; i++) {
                long at = records[i] + countOffset;
                Memory.putLong(at, Memory.getLong(at) + 1);
            }
        } else {
            for (int i = 0; i < count; i++) {
                long at = records[i] + countOffset;
                Memory.putLong(at, Memory.getLong(at) + signs[i]);
            }
        }
    }

    void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (Member member : members) {
            member.accumulator.merge(from, fromTails, to, toTails, count);
        }
        for (int i = 0; i < count; i++) {
            long at = to[i] + countOffset;
            Memory.putLong(at, Memory.getLong(at) + Memory.getLong(from[i] + countOffset));
        }
    }
}
