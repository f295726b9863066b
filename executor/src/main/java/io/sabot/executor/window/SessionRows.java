package io.sabot.executor.window;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Scratch;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import org.apache.arrow.memory.ArrowBuf;

/** The rows of sessions in order of arrival: (key; start and sequence of the session, number of the row) → sign, row. */
final class SessionRows {
    private static final int ORDER_KEY = 16;

    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final LongCell lastRow;
    private final ArrowBuf from;
    private final ArrowBuf to;
    private final Scratch row;

    /** Takes the rows of a session, oldest first. */
    interface Taker {
        /** Takes a row, whose bytes are valid during the call. */
        void take(long row, int length, int sign);
    }

    SessionRows(KeyLayout keys, OperatorContext context) {
        this.table = context.state().orderedTable("rows", new OrderedSpec(keys, 8, StateBound.WATERMARK));
        this.cursor = table.cursor();
        this.lastRow = context.state().cell("last-row", 0, LongCell.Merge.MAX);
        this.from = context.own(context.allocator().buffer(ORDER_KEY));
        this.to = context.own(context.allocator().buffer(ORDER_KEY));
        this.row = context.own(new Scratch(context.allocator()));
    }

    private static long orderKey(ArrowBuf buffer, long start, long sequence) {
        SortKeys.putLong(buffer.memoryAddress(), start);
        SortKeys.putLong(buffer.memoryAddress() + 8, sequence);
        return buffer.memoryAddress();
    }

    /**
     * Adds rows {@code from} to {@code to - 1} of a batch, see {@link SessionContent#add}.
     *
     * @param rows what to keep of each row of the batch
     */
    void add(
            Batch batch,
            KeyBatch keys,
            KeyBatch rows,
            int first,
            int end,
            Stretches stretches,
            long[] starts,
            long[] sequences) {
        long kinds = batch.kindsAddress();
        for (int index = first; index < end; index++) {
            int s = stretches.stretchOf(index);
            long number = lastRow.get() + 1;
            lastRow.set(number);
            long key = orderKey(to, starts[s], sequences[s]);
            long entry = table.resolve(keys, index, key, ORDER_KEY, number, rows.address(index), rows.length(index));
            Memory.putLong(entry, kinds == 0 ? 1 : RowKind.sign(Memory.getByte(kinds + index)));
        }
    }

    /** Gives the rows of a session to another one of its key. */
    void move(KeyBatch keys, int key, long start, long sequence, long newStart, long newSequence) {
        long source = orderKey(from, start, sequence);
        long target = orderKey(to, newStart, newSequence);
        for (cursor.seek(keys, key, source, ORDER_KEY, Long.MIN_VALUE);
                cursor.next() && isAt(source);
                cursor.seek(keys, key, source, ORDER_KEY, Long.MIN_VALUE)) {
            int length = cursor.rowLength();
            long number = cursor.sequence();
            long sign = Memory.getLong(cursor.address());
            long copy = row.room(length);
            Memory.copy(cursor.rowAddress(), copy, length);
            cursor.remove();
            Memory.putLong(table.resolve(keys, key, target, ORDER_KEY, number, copy, length), sign);
        }
    }

    private boolean isAt(long orderKey) {
        long at = cursor.orderKeyAddress();
        return Memory.getLong(at) == Memory.getLong(orderKey) && Memory.getLong(at + 8) == Memory.getLong(orderKey + 8);
    }

    /** Hands the rows of a session out, and forgets them. */
    void drain(KeyBatch keys, int key, long start, long sequence, Taker taker) {
        long source = orderKey(from, start, sequence);
        cursor.seek(keys, key, source, ORDER_KEY, Long.MIN_VALUE);
        while (cursor.next() && isAt(source)) {
            taker.take(cursor.rowAddress(), cursor.rowLength(), (int) Memory.getLong(cursor.address()));
            cursor.remove();
        }
    }
}
