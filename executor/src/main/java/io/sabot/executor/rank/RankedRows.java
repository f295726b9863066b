package io.sabot.executor.rank;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import java.util.concurrent.atomic.LongAdder;

/**
 * The rows of partitions in order, in state, and a walk over them that counts ranks.
 *
 * <pre>
 *   input that grows:           (partition; sort key, number of arrival) → row
 *   input that takes rows back: (partition; sort key and row, 0) → signed count (4), bytes of the sort key (4)
 * </pre>
 *
 * In the second form rows that are equal in order are ordered by their content, so that it does not matter in which order
 * changes arrive. A count below zero is kept until what it takes away has come.
 */
public final class RankedRows {
    private final RankFunction function;
    private final boolean retracting;
    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final LongCell sequence;
    private final LongAdder droppedRetractions;
    private final KeptBytes contentKey;
    private final KeptBytes lastKey;
    private final KeptBytes lastPartition;
    private long lastSequence;

    private long rank;
    private long rowsBefore;
    private int copiesLeft;

    public RankedRows(
            RankSpec spec, RowEncoders encoders, boolean retracting, StateBound bound, OperatorContext context) {
        this.function = spec.function();
        this.retracting = retracting;
        this.contentKey = context.own(new KeptBytes(context.allocator()));
        this.lastKey = context.own(new KeptBytes(context.allocator()));
        this.lastPartition = context.own(new KeptBytes(context.allocator()));
        this.table = context.state()
                .orderedTable("rows", new OrderedSpec(encoders.partitionLayout(), retracting ? 8 : 0, bound));
        this.cursor = table.cursor();
        this.sequence = context.state().cell("sequence", 0, LongCell.Merge.MAX);
        this.droppedRetractions = context.counter("dropped_retractions");
        this.lastSequence = sequence.get();
    }

    /** Adds a row to its partition; its sort key is the one encoded last. */
    public void add(RowEncoders encoders, int row) {
        add(encoders, row, row);
    }

    /** Adds row {@code row} of the batch, of which the encoded rows are number {@code encoded}. */
    void add(RowEncoders encoders, int row, int encoded) {
        table.resolve(
                encoders.partitions(),
                row,
                encoders.sortKeyAddress(),
                encoders.sortKeyLength(),
                ++lastSequence,
                encoders.rows().address(encoded),
                encoders.rows().length(encoded));
    }

    /** Adds a row that may come or go; its sort key is the one encoded last. */
    void change(RowEncoders encoders, Batch batch, int row) {
        int sortLength = encoders.sortKeyLength();
        int rowLength = encoders.rows().length(row);
        long key = contentKey.resize(sortLength + rowLength);
        Memory.copy(encoders.sortKeyAddress(), key, sortLength);
        Memory.copy(encoders.rows().address(row), key + sortLength, rowLength);
        long fixed = table.resolve(encoders.partitions(), row, key, sortLength + rowLength, 0, 0, 0);
        int count = Memory.getInt(fixed) + batch.sign(row);
        if (count < 0 && table.forgets()) {
            droppedRetractions.increment();
            count = 0;
        }
        Memory.putInt(fixed, count);
        Memory.putInt(fixed + 4, sortLength);
        if (count == 0) {
            table.remove(encoders.partitions(), row, key, sortLength + rowLength, 0);
        }
    }

    /** Compares the sort key encoded last with that of the partition's last row; negative when the partition is empty. */
    int compareWithLast(RowEncoders encoders, int row) {
        cursor.seekLast(encoders.partitions(), row);
        if (!cursor.previous()) {
            return -1;
        }
        return SortKeys.compare(
                encoders.sortKeyAddress(), encoders.sortKeyLength(), cursor.orderKeyAddress(), cursor.orderKeyLength());
    }

    /** Removes the last row of a partition; {@link #previous} then steps to the one before it. */
    void removeLast(KeyBatch partitions, int partition) {
        cursor.seekLast(partitions, partition);
        if (cursor.previous()) {
            cursor.remove();
        }
    }

    /** Steps back, without counting; false when there is no row before. */
    boolean previous() {
        return cursor.previous();
    }

    /** Removes rows of higher ranks. Returns what {@link #measure} is afterwards. */
    long trim(KeyBatch partitions, int partition, long to) {
        seek(partitions, partition);
        long measure = 0;
        while (next()) {
            if (rank > to) {
                cursor.remove();
                while (cursor.next()) {
                    cursor.remove();
                }
                return measure;
            }
            measure = measure();
        }
        return measure;
    }

    /** What tells whether a partition is full: its rows, or its ranks where equal rows share one without leaving a gap. */
    private long measure() {
        return function == RankFunction.DENSE_RANK ? rank : rowsBefore;
    }

    /** Stands before the first row of a partition. */
    void seek(KeyBatch partitions, int partition) {
        cursor.seekFirst(partitions, partition);
        begin();
    }

    /** Stands before the first row of all partitions. */
    public void seekAll() {
        cursor.seekAll();
        lastPartition.forget();
        begin();
    }

    /** Begins to count anew, at the first row of another partition. */
    private void begin() {
        rank = 0;
        rowsBefore = 0;
        copiesLeft = 0;
        lastKey.forget();
    }

    /** Steps to the next row of the partition; false behind the last. */
    boolean next() {
        if (copiesLeft == 0 && !step()) {
            return false;
        }
        count();
        return true;
    }

    /** Steps to the next row of the table; counting begins anew with each partition. */
    public boolean nextOfAll() {
        if (copiesLeft == 0) {
            if (!step()) {
                return false;
            }
            if (!lastPartition.isEqual(cursor.partitionAddress(), cursor.partitionLength())) {
                int copies = copiesLeft;
                lastPartition.set(cursor.partitionAddress(), cursor.partitionLength());
                begin();
                copiesLeft = copies;
            }
        }
        count();
        return true;
    }

    /** To the next entry that stands for rows. */
    private boolean step() {
        do {
            if (!cursor.next()) {
                return false;
            }
            copiesLeft = retracting ? Memory.getInt(cursor.address()) : 1;
        } while (copiesLeft <= 0);
        return true;
    }

    private void count() {
        copiesLeft--;
        boolean counts = function != RankFunction.ROW_NUMBER;
        boolean isEqual = counts && lastKey.isEqual(cursor.orderKeyAddress(), sortKeyLength());
        if (counts && !isEqual) {
            lastKey.set(cursor.orderKeyAddress(), sortKeyLength());
        }
        rank = function.next(rank, rowsBefore, isEqual);
        rowsBefore++;
    }

    private int sortKeyLength() {
        return retracting ? Memory.getInt(cursor.address() + 4) : cursor.orderKeyLength();
    }

    /** Removes the present row. */
    void remove() {
        cursor.remove();
    }

    /** Whether the present row is the first of its partition. */
    public boolean isFirst() {
        return rowsBefore == 1;
    }

    /** Rank of the present row. */
    public long rank() {
        return rank;
    }

    long orderKeyAddress() {
        return cursor.orderKeyAddress();
    }

    int orderKeyLength() {
        return cursor.orderKeyLength();
    }

    /** With the order key, what tells rows of a partition apart. */
    long sequence() {
        return cursor.sequence();
    }

    public long rowAddress() {
        return retracting ? cursor.orderKeyAddress() + sortKeyLength() : cursor.rowAddress();
    }

    public int rowLength() {
        return retracting ? cursor.orderKeyLength() - sortKeyLength() : cursor.rowLength();
    }

    /** Before a barrier. */
    public void save() {
        sequence.set(lastSequence);
    }
}
