package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/** An {@link OrderedTable} of {@link ExpiringState}, laid out as {@link ExpiringRecordTable}. */
final class ExpiringOrderedTable implements OrderedTable, ExpiringState.Expiring {
    private final ExpiringState state;
    private final OrderedTable table;
    private final OrderedSpec spec;
    private final int stampOffset;

    ExpiringOrderedTable(ExpiringState state, OrderedTable table, OrderedSpec spec) {
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
    public OrderedSpec spec() {
        return spec;
    }

    @Override
    public boolean forgets() {
        return true;
    }

    @Override
    public long resolve(
            KeyBatch partitions,
            int partition,
            long orderKey,
            int orderKeyLength,
            long sequence,
            long row,
            int rowLength) {
        long address = table.resolve(partitions, partition, orderKey, orderKeyLength, sequence, row, rowLength);
        Memory.putLong(address + stampOffset, state.now());
        return address;
    }

    @Override
    public long sweep(long limit) {
        long oldest = state.now();
        long gone = 0;
        OrderedCursor cursor = table.cursor();
        cursor.seekAll();
        while (cursor.next()) {
            long stamp = Memory.getLong(cursor.address() + stampOffset);
            if (stamp == 0) {
                Memory.putLong(cursor.writable() + stampOffset, state.now());
            } else if (stamp <= limit) {
                cursor.remove();
                gone++;
            } else {
                oldest = Math.min(oldest, stamp);
            }
        }
        state.expired(gone);
        return oldest;
    }

    @Override
    public boolean isEmpty() {
        return table.size() == 0;
    }

    @Override
    public long find(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        return table.find(partitions, partition, orderKey, orderKeyLength, sequence);
    }

    @Override
    public boolean remove(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        return table.remove(partitions, partition, orderKey, orderKeyLength, sequence);
    }

    @Override
    public OrderedCursor cursor() {
        return table.cursor();
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
    public OrderedSnapshot snapshot() {
        return table.snapshot();
    }

    @Override
    public void close() {
        table.close();
    }
}
