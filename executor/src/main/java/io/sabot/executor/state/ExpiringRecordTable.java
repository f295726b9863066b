package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RecordTable} of {@link ExpiringState}.
 *
 * <pre>
 *   fixed part:  │ that of the operator │ when it was written, 0 before the clock is known 8 │
 * </pre>
 */
final class ExpiringRecordTable implements RecordTable, ExpiringState.Expiring {
    private static final int SWEPT_AT_ONCE = 1024;

    private final ExpiringState state;
    private final RecordTable table;
    private final RecordSpec spec;
    private final int stampOffset;
    private int[] newRows = new int[0];

    ExpiringRecordTable(ExpiringState state, RecordTable table, RecordSpec spec) {
        this.state = state;
        this.table = table;
        this.spec = spec;
        this.stampOffset = spec.fixedBytes();
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public RecordSpec spec() {
        return spec;
    }

    @Override
    public boolean forgets() {
        return true;
    }

    @Override
    public int resolve(KeyBatch keys, long[] recordAddresses, int @Nullable [] newOnes) {
        int inserted = table.resolve(keys, recordAddresses, newOnes);
        long now = state.now();
        for (int i = 0; i < keys.count(); i++) {
            Memory.putLong(recordAddresses[i] + stampOffset, now);
        }
        return inserted;
    }

    @Override
    public int resolveUnwritten(KeyBatch keys, long[] recordAddresses, int @Nullable [] newOnes) {
        int[] added = newOnes;
        if (added == null) {
            newRows = newRows.length < keys.count() ? new int[keys.count()] : newRows;
            added = newRows;
        }
        int inserted = table.resolve(keys, recordAddresses, added);
        for (int i = 0; i < inserted; i++) {
            written(recordAddresses[added[i]]);
        }
        return inserted;
    }

    @Override
    public void written(long recordAddress) {
        Memory.putLong(recordAddress + stampOffset, state.now());
    }

    /** One key group at a time, so that no more is on hand than what goes of one. */
    @Override
    public long sweep(long limit) {
        long oldest = state.now();
        KeyGroups.Range all = state.keyGroups();
        try (Sweep sweep = new Sweep()) {
            for (int group = all.first(); group < all.end(); group++) {
                oldest = Math.min(oldest, sweep.group(new KeyGroups.Range(group, group + 1, all.groupCount()), limit));
            }
        }
        return oldest;
    }

    /** What a sweep finds. */
    private final class Sweep implements AutoCloseable {
        private final KeyBatch keys = new KeyBatch(state.allocator(), spec.keys());
        private final KeyBatch old = new KeyBatch(state.allocator(), spec.keys());
        private final KeyBatch unstamped = new KeyBatch(state.allocator(), spec.keys());
        private final long[] records = new long[SWEPT_AT_ONCE];
        private long[] resolved = new long[0];

        long group(KeyGroups.Range group, long limit) {
            old.clear();
            unstamped.clear();
            long oldest = state.now();
            try (RecordCursor cursor = table.scan(group)) {
                for (int count = cursor.next(keys, records); count > 0; count = cursor.next(keys, records)) {
                    for (int i = 0; i < count; i++) {
                        long stamp = Memory.getLong(records[i] + stampOffset);
                        if (stamp == 0) {
                            unstamped.append(keys.address(i), keys.length(i), keys.hash(i));
                        } else if (stamp <= limit) {
                            old.append(keys.address(i), keys.length(i), keys.hash(i));
                        } else {
                            oldest = Math.min(oldest, stamp);
                        }
                    }
                }
            }
            if (unstamped.count() > 0) {
                resolved = resolved.length < unstamped.count() ? new long[unstamped.count()] : resolved;
                resolve(unstamped, resolved, null);
            }
            if (old.count() > 0) {
                state.expired(table.remove(old));
            }
            return oldest;
        }

        @Override
        public void close() {
            keys.close();
            old.close();
            unstamped.close();
        }
    }

    @Override
    public boolean isEmpty() {
        return table.size() == 0;
    }

    @Override
    public void find(KeyBatch keys, long[] recordAddresses) {
        table.find(keys, recordAddresses);
    }

    @Override
    public int remove(KeyBatch keys) {
        return table.remove(keys);
    }

    @Override
    public int remove(KeyBatch keys, int[] rows, int rowCount) {
        return table.remove(keys, rows, rowCount);
    }

    @Override
    public void setTail(long recordAddress, long bytes, int length) {
        table.setTail(recordAddress, bytes, length);
    }

    @Override
    public long tailAddress(long recordAddress) {
        return table.tailAddress(recordAddress);
    }

    @Override
    public int tailLength(long recordAddress) {
        return table.tailLength(recordAddress);
    }

    @Override
    public long keyAddress(long recordAddress) {
        return table.keyAddress(recordAddress);
    }

    @Override
    public int keyLength(long recordAddress) {
        return table.keyLength(recordAddress);
    }

    @Override
    public RecordCursor scan() {
        return table.scan();
    }

    @Override
    public RecordCursor scan(KeyGroups.Range groups) {
        return table.scan(groups);
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public void clear() {
        table.clear();
    }

    @Override
    public RecordSnapshot snapshot() {
        return table.snapshot();
    }

    @Override
    public void close() {
        table.close();
    }
}
