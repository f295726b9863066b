package io.sabot.executor.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A store whose record and ordered tables forget what has not been written for a time.
 *
 * <p>Behind the fixed part of each record stands when it was written last. Nothing is looked at when records are read;
 * instead tables are swept when {@link #advance} finds that something may be old, at most {@value #SWEEPS} times in the time
 * that records are kept: a record goes when it has not been written for that time, and at most a part in {@value #SWEEPS} later.
 * What was written before the first {@link #advance} counts as written then.
 */
public final class ExpiringState implements StateStore {
    private static final int SWEEPS = 32;

    private final StateStore store;
    private final ToLongFunction<String> keptMillis;
    private final BufferAllocator allocator;
    private final LongAdder expired;
    private final List<Schedule> tables = new ArrayList<>();
    private long now;

    /** A table that is swept. */
    interface Expiring {
        /** When the first record that is left may go, having removed those written at {@code limit} or before. */
        long sweep(long limit);

        /** Whether there is nothing. */
        boolean isEmpty();
    }

    /** When to sweep a table next. */
    private final class Schedule {
        private final Expiring table;
        private final long kept;
        private long due = Long.MIN_VALUE;

        Schedule(Expiring table, long kept) {
            this.table = table;
            this.kept = kept;
        }

        void advance() {
            if (now < due) {
                return;
            }
            long oldest = table.isEmpty() ? now : table.sweep(now - kept);
            due = Math.max(oldest + kept, now + Math.max(1, kept / SWEEPS));
        }
    }

    /**
     * Over another store.
     *
     * @param keptMillis by name of a table: for how long records stay behind their last write; 0 for ever
     * @param expired counts records that have gone
     */
    public ExpiringState(
            StateStore store, ToLongFunction<String> keptMillis, BufferAllocator allocator, LongAdder expired) {
        this.store = store;
        this.keptMillis = keptMillis;
        this.allocator = allocator;
        this.expired = expired;
    }

    /** The clock has come to this moment, never 0: records that are too old go. Between batches. */
    public void advance(long millis) {
        if (millis > now) {
            now = millis;
            tables.forEach(Schedule::advance);
        }
    }

    long now() {
        return now;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    void expired(long count) {
        expired.add(count);
    }

    @Override
    public RecordTable recordTable(String name, RecordSpec spec) {
        long kept = keptMillis.applyAsLong(name);
        if (kept <= 0) {
            return store.recordTable(name, spec);
        }
        RecordSpec stamped = new RecordSpec(spec.keys(), spec.fixedBytes() + 8, spec.hasTail(), StateBound.TTL);
        ExpiringRecordTable table = new ExpiringRecordTable(this, store.recordTable(name, stamped), spec);
        tables.add(new Schedule(table, kept));
        return table;
    }

    @Override
    public OrderedTable orderedTable(String name, OrderedSpec spec) {
        long kept = keptMillis.applyAsLong(name);
        if (kept <= 0) {
            return store.orderedTable(name, spec);
        }
        OrderedSpec stamped = new OrderedSpec(spec.partitions(), spec.fixedBytes() + 8, StateBound.TTL);
        ExpiringOrderedTable table = new ExpiringOrderedTable(this, store.orderedTable(name, stamped), spec);
        tables.add(new Schedule(table, kept));
        return table;
    }

    @Override
    public SlicedRecordTable slicedTable(String name, RecordSpec spec) {
        return store.slicedTable(name, spec);
    }

    @Override
    public RowLog rowLog(String name, RowLogSpec spec) {
        return store.rowLog(name, spec);
    }

    @Override
    public LongCell cell(String name, long initial, LongCell.Merge merge) {
        return store.cell(name, initial, merge);
    }

    @Override
    public KeyGroups.Range keyGroups() {
        return store.keyGroups();
    }
}
