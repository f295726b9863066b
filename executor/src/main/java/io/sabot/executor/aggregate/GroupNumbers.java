package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;

/**
 * Numbers that stand for groups in the tables of their values, as a column beside the rows of a batch. A group's number is
 * kept in its record.
 */
final class GroupNumbers implements AutoCloseable {
    private final int offset;
    private final BigIntVector vector;

    /** Gives a number, not 0, to the group of a row that has none yet. */
    interface NewNumber {
        /** The number for the row at a position in the run. */
        long next(int position);
    }

    /** @param offset where in a record the number is */
    GroupNumbers(int offset, BufferAllocator allocator) {
        this.offset = offset;
        this.vector = new BigIntVector("number", allocator);
    }

    /** The number of the group of each row of a run, at the row's index; valid until the next call. */
    Column of(Batch batch, Run run, NewNumber newNumber) {
        int rowCount = batch.rowCount();
        if (vector.getValueCapacity() < rowCount) {
            vector.allocateNew(rowCount);
        }
        vector.setValueCount(rowCount);
        Memory.fill(vector.getValidityBufferAddress(), (rowCount + 7) >> 3, (byte) -1);
        long to = vector.getDataBufferAddress();
        for (int i = 0; i < run.count(); i++) {
            long at = run.records()[i] + offset;
            long number = Memory.getLong(at);
            if (number == 0) {
                number = newNumber.next(i);
                Memory.putLong(at, number);
            }
            Memory.putLong(to + ((long) run.rows()[i] << 3), number);
        }
        return new Column(vector);
    }

    @Override
    public void close() {
        vector.close();
    }
}
