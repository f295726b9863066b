package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Output;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.compare.Range;
import org.apache.arrow.vector.compare.RangeEqualsVisitor;

/** Takes updates that change nothing out of a batch in which the halves of each update are neighbours. */
final class EqualPairs {
    private EqualPairs() {}

    /** Emits the batch, which is used up; columns before {@code firstColumn} are equal anyway. */
    static void emitWithout(Batch batch, int firstColumn, BufferAllocator allocator, Output output) {
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (batch.kind(row) == RowKind.UPDATE_BEFORE && sameNext(batch, row, firstColumn)) {
                row++;
            } else {
                kept[count++] = row;
            }
        }
        if (count == batch.rowCount()) {
            output.emit(batch);
            return;
        }
        try (batch) {
            if (count > 0) {
                output.emit(batch.take(new Selection(kept, count), allocator));
            }
        }
    }

    private static boolean sameNext(Batch batch, int row, int firstColumn) {
        for (int c = firstColumn; c < batch.columnCount(); c++) {
            if (!same(batch.column(c), row, row + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Column column, int a, int b) {
        boolean isNull = column.isNull(a);
        if (isNull || column.isNull(b)) {
            return isNull && column.isNull(b);
        }
        if (column.vector() instanceof BitVector) {
            return column.getBoolean(a) == column.getBoolean(b);
        }
        if (column.vector() instanceof BaseFixedWidthVector fixed) {
            int width = fixed.getTypeWidth();
            return Memory.equal(column.values() + (long) a * width, column.values() + (long) b * width, width);
        }
        if (column.vector() instanceof BaseVariableWidthVector) {
            return column.length(a) == column.length(b)
                    && Memory.equal(column.start(a), column.start(b), column.length(a));
        }
        return new RangeEqualsVisitor(column.vector(), column.vector()).rangeEquals(new Range(a, b, 1));
    }
}
