package io.sabot.executor.match;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.rank.SortColumn;
import io.sabot.executor.rank.SortKeyEncoder;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyGroups;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Rows that wait for earlier ones, in order. One queue a key group, so that no list of keys is needed to find those that
 * are due and rows still move with their group.
 *
 * <pre>
 *   (number of the key group; sort key, count of arrival) → row
 * </pre>
 */
final class PendingRows {
    private static final int BUCKET_BYTES = 4;

    private final Schema schema;
    private final OperatorContext context;
    private final KeyGroups.Range groups;
    private final KeyEncoder rowEncoder;
    private final KeyDecoder rowDecoder;
    private final SortKeyEncoder sortKeys;
    private final KeyBatch buckets;
    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final LongCell sequence;
    private final int[] allColumns;
    private final boolean timed;
    /** Per key group, the first 8 bytes of the lowest sort key behind its mark; not exact after a removal, never too high. */
    private final long[] lowest;

    private long lastSequence;

    /** @param timed whether the first column of the order is a time, so that {@link #take} may be called */
    PendingRows(Schema schema, List<SortColumn> order, boolean timed, OperatorContext context) {
        this.schema = schema;
        this.timed = timed;
        this.context = context;
        this.groups = context.state().keyGroups();
        List<DataType> types = schema.fields().stream().map(Field::type).toList();
        this.rowEncoder = context.own(KeyEncoder.ofRows(context.allocator(), types));
        this.rowDecoder = new KeyDecoder(types);
        this.sortKeys = context.own(new SortKeyEncoder(schema, order, context.allocator()));
        this.buckets = context.own(new KeyBatch(context.allocator(), KeyLayout.fixed(BUCKET_BYTES)));
        try (ArrowBuf key = context.allocator().buffer(16)) {
            for (int group = groups.first(); group < groups.end(); group++) {
                Memory.putByte(key.memoryAddress(), (byte) 0);
                Memory.putInt(key.memoryAddress() + 1, group);
                long hash = new KeyGroups.Range(group, group + 1, groups.groupCount()).firstHash();
                buckets.append(key.memoryAddress(), 1 + BUCKET_BYTES, hash, groups.groupCount());
            }
        }
        this.table =
                context.state().orderedTable("pending", new OrderedSpec(buckets.layout(), 0, StateBound.WATERMARK));
        this.cursor = table.cursor();
        this.sequence = context.state().cell("sequence", 0, LongCell.Merge.MAX);
        this.lastSequence = sequence.get();
        this.allColumns = new int[schema.size()];
        for (int c = 0; c < allColumns.length; c++) {
            allColumns[c] = c;
        }
        this.lowest = new long[groups.end() - groups.first()];
        for (int bucket = 0; bucket < lowest.length; bucket++) {
            cursor.seekFirst(buckets, bucket);
            lowest[bucket] = cursor.next() ? leading(cursor.orderKeyAddress()) : Long.MAX_VALUE;
        }
    }

    /** The time that a sort key begins with, behind the mark of its first column. */
    private long leading(long orderKey) {
        return timed ? SortKeys.getLong(orderKey + 1) : Long.MIN_VALUE;
    }

    /** Keeps rows of a batch; {@code hashes} are those of their partition keys. */
    void add(Batch batch, long[] hashes, boolean[] dropped) {
        KeyBatch rows = rowEncoder.encode(batch, allColumns);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (dropped[row]) {
                continue;
            }
            int bucket = KeyGroups.of(hashes[row], groups.groupCount()) - groups.first();
            sortKeys.encode(batch, row);
            lowest[bucket] = Math.min(lowest[bucket], leading(sortKeys.address()));
            table.resolve(
                    buckets,
                    bucket,
                    sortKeys.address(),
                    sortKeys.length(),
                    ++lastSequence,
                    rows.address(row),
                    rows.length(row));
        }
    }

    /** Takes out all rows whose first order column is at most {@code until}, key group by key group, each in order. */
    void take(long until, Consumer<Batch> consumer) {
        List<Integer> due = new ArrayList<>();
        for (int bucket = 0; bucket < lowest.length; bucket++) {
            if (lowest[bucket] <= until && table.size() > 0) {
                due.add(bucket);
            }
        }
        take(new Taking(until, due, until == Long.MAX_VALUE), consumer);
    }

    private static void take(Taking taking, Consumer<Batch> consumer) {
        while (taking.hasMore()) {
            consumer.accept(taking.batch());
        }
    }

    /** Takes out all rows. */
    void takeAll(Consumer<Batch> consumer) {
        List<Integer> all = new ArrayList<>();
        for (int bucket = 0; bucket < lowest.length; bucket++) {
            all.add(bucket);
        }
        take(new Taking(Long.MAX_VALUE, all, true), consumer);
    }

    /** A walk over the rows that are due, a batch at a time. */
    private final class Taking {
        private final long until;
        private final List<Integer> due;
        private final boolean all;
        private int next;
        private boolean inBucket;

        Taking(long until, List<Integer> due, boolean all) {
            this.until = until;
            this.due = due;
            this.all = all;
        }

        boolean hasMore() {
            return next < due.size();
        }

        Batch batch() {
            try (BatchBuilder builder = new BatchBuilder(schema, context.allocator(), context.batchRows())) {
                List<ColumnBuilder> columns = builder.columns();
                while (hasMore() && builder.rowCount() < context.batchRows()) {
                    takeOne(builder, columns);
                }
                return builder.finish();
            }
        }

        private void takeOne(BatchBuilder builder, List<ColumnBuilder> columns) {
            int bucket = due.get(next);
            if (!inBucket) {
                cursor.seekFirst(buckets, bucket);
                inBucket = true;
            }
            boolean there = cursor.next();
            if (there && (all || leading(cursor.orderKeyAddress()) <= until)) {
                rowDecoder.decode(cursor.rowAddress(), cursor.rowLength(), columns, 0);
                builder.endRow();
                cursor.remove();
            } else {
                lowest[bucket] = there ? leading(cursor.orderKeyAddress()) : Long.MAX_VALUE;
                inBucket = false;
                next++;
            }
        }
    }

    void onBarrier() {
        sequence.set(lastSequence);
    }
}
