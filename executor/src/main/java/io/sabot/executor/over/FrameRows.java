package io.sabot.executor.over;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import org.apache.arrow.memory.ArrowBuf;

/**
 * The rows that are in the present frame of each partition, and who leaves it when others enter.
 *
 * <pre>
 *   frame: (partition; time, number) → columns that aggregates read     RANGE
 *          (partition; number) → the same                               ROWS
 * </pre>
 */
final class FrameRows {
    private final Frame frame;
    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final ArrowBuf timeKey;

    FrameRows(Frame frame, KeyLayout partitions, OperatorContext context) {
        this.frame = frame;
        this.table = context.state()
                .orderedTable(
                        "frame", new OrderedSpec(partitions, 0, frame.rows() ? StateBound.KEYS : StateBound.WATERMARK));
        this.cursor = table.cursor();
        this.timeKey = context.own(context.allocator().buffer(8));
    }

    private int keyLength() {
        return frame.rows() ? 0 : 8;
    }

    /**
     * Lets a row enter.
     *
     * @param number of the row in its partition, ascending
     * @param isFirst whether it is the first row of its round in its partition
     */
    void enter(
            KeyBatch keys,
            int row,
            Column times,
            long number,
            int round,
            boolean isFirst,
            KeyBatch values,
            FrameEvents events) {
        if (frame.rows()) {
            leave(keys, row, number + frame.lower(), round, events);
        } else if (isFirst) {
            leaveBefore(keys, row, times.getLong(row) + frame.lower(), round, row, events);
        }
        SortKeys.putLong(timeKey.memoryAddress(), times.getLong(row));
        table.resolve(keys, row, timeKey.memoryAddress(), keyLength(), number, values.address(row), values.length(row));
        events.add(round, row, false, values.address(row), values.length(row));
    }

    /** Lets the row go that is no longer among the last ones. */
    private void leave(KeyBatch keys, int row, long beforeNumber, int round, FrameEvents events) {
        cursor.seekFirst(keys, row);
        if (beforeNumber > 1 && cursor.next() && cursor.sequence() < beforeNumber) {
            events.add(round, row, true, cursor.rowAddress(), cursor.rowLength());
            cursor.remove();
        }
    }

    /** Lets the rows of a partition go whose time is before {@code time}. */
    void leaveBefore(KeyBatch keys, int key, long time, int round, int owner, FrameEvents events) {
        cursor.seekFirst(keys, key);
        while (cursor.next() && SortKeys.getLong(cursor.orderKeyAddress()) < time) {
            events.add(round, owner, true, cursor.rowAddress(), cursor.rowLength());
            cursor.remove();
        }
    }

    /** Whether a partition has no rows. */
    boolean isEmpty(KeyBatch keys, int key) {
        cursor.seekFirst(keys, key);
        return !cursor.next();
    }

    /** Number of the row that enters next, kept behind a record. */
    static long nextNumber(long at) {
        long number = Memory.getLong(at) + 1;
        Memory.putLong(at, number);
        return number;
    }
}
