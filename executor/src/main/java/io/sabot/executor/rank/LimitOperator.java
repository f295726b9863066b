package io.sabot.executor.rank;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.time.Barrier;
import org.apache.arrow.memory.BufferAllocator;

/** Lets the first rows that come pass, behind those to be skipped. Input only grows. */
public final class LimitOperator implements Operator {
    private final long offset;
    private final long end;
    private final BufferAllocator allocator;
    private final LongCell cell;
    private long seen;

    /** @param fetch most rows to let pass; -1 means all */
    public LimitOperator(long offset, long fetch, OperatorContext context) {
        this.offset = offset;
        this.end = fetch < 0 || offset > Long.MAX_VALUE - fetch ? Long.MAX_VALUE : offset + fetch;
        this.allocator = context.allocator();
        this.cell = context.state().cell("rows", 0, LongCell.Merge.SUM);
        this.seen = cell.get();
    }

    /** Whether no further row can pass. */
    @Override
    public boolean isFull() {
        return seen >= end;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        int count = batch.rowCount();
        long from = Math.max(0, offset - seen);
        long to = Math.min(count, end - seen);
        seen += Math.max(0, Math.min(count, end - seen));
        if (from == 0 && to == count) {
            output.emit(batch);
            return;
        }
        try (batch) {
            if (from < to) {
                int[] rows = new int[(int) (to - from)];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = (int) from + i;
                }
                output.emit(batch.take(new Selection(rows, rows.length), allocator));
            }
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        cell.set(seen);
    }
}
