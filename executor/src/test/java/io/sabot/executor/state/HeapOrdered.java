package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An {@link OrderedTable} on a sorted map, for tests of operators. */
final class HeapOrdered implements OrderedTable {
    private static final Comparator<Position> ORDER = Comparator.comparing((Position p) -> p.partition)
            .thenComparing(p -> p.orderKey, Arrays::compareUnsigned)
            .thenComparingLong(p -> p.sequence);

    private final String name;
    private final OrderedSpec spec;
    private final TreeMap<Position, Entry> entries = new TreeMap<>(ORDER);

    HeapOrdered(String name, OrderedSpec spec) {
        this.name = name;
        this.spec = spec;
    }

    private static final class Position {
        final HeapKey partition;
        final byte[] orderKey;
        final long sequence;

        Position(HeapKey partition, byte[] orderKey, long sequence) {
            this.partition = partition;
            this.orderKey = orderKey;
            this.sequence = sequence;
        }
    }

    private static final class Entry {
        final long memory;
        final int orderKeyAt;
        final int rowAt;
        final int partitionAt;
        final int rowLength;

        Entry(int fixedBytes, Position position, long row, int rowLength) {
            orderKeyAt = fixedBytes;
            rowAt = orderKeyAt + position.orderKey.length;
            partitionAt = rowAt + rowLength;
            this.rowLength = rowLength;
            byte[] partition = position.partition.bytes();
            memory = Memory.allocate(partitionAt + partition.length + 8L);
            Memory.fill(memory, fixedBytes, (byte) 0);
            Memory.copy(position.orderKey, 0, memory + orderKeyAt, position.orderKey.length);
            if (rowLength > 0) {
                Memory.copy(row, memory + rowAt, rowLength);
            }
            Memory.copy(partition, 0, memory + partitionAt, partition.length);
        }
    }

    private static Position position(KeyBatch partitions, int partition, long orderKey, int length, long sequence) {
        return new Position(HeapKey.of(partitions, partition), HeapKey.bytes(orderKey, length), sequence);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OrderedSpec spec() {
        return spec;
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
        Position position = position(partitions, partition, orderKey, orderKeyLength, sequence);
        return entries.computeIfAbsent(position, p -> new Entry(spec.fixedBytes(), p, row, rowLength)).memory;
    }

    @Override
    public long find(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        Entry entry = entries.get(position(partitions, partition, orderKey, orderKeyLength, sequence));
        return entry == null ? 0 : entry.memory;
    }

    @Override
    public boolean remove(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        return remove(position(partitions, partition, orderKey, orderKeyLength, sequence));
    }

    private boolean remove(Position position) {
        Entry entry = entries.remove(position);
        if (entry != null) {
            Memory.free(entry.memory);
        }
        return entry != null;
    }

    @Override
    public OrderedCursor cursor() {
        return new Cursor();
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public void clear() {
        entries.values().forEach(entry -> Memory.free(entry.memory));
        entries.clear();
    }

    @Override
    public OrderedSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        clear();
    }

    private final class Cursor implements OrderedCursor {
        private @Nullable HeapKey partition;
        private @Nullable Position before;
        private boolean beforeIncluded;
        private boolean atStart;
        private @Nullable Position present;

        @Override
        public void seekFirst(KeyBatch partitions, int index) {
            seek(partitions, index, 0, 0, Long.MIN_VALUE);
        }

        @Override
        public void seekLast(KeyBatch partitions, int index) {
            byte[] last = new byte[64];
            Arrays.fill(last, (byte) 0xFF);
            stand(HeapKey.of(partitions, index), last, Long.MAX_VALUE);
        }

        @Override
        public void seek(KeyBatch partitions, int index, long orderKey, int orderKeyLength, long sequence) {
            stand(HeapKey.of(partitions, index), HeapKey.bytes(orderKey, orderKeyLength), sequence);
        }

        private void stand(HeapKey key, byte[] orderKey, long sequence) {
            partition = key;
            before = new Position(key, orderKey, sequence);
            beforeIncluded = false;
            atStart = false;
            present = null;
        }

        @Override
        public void seekAll() {
            partition = null;
            before = null;
            atStart = true;
            present = null;
        }

        /** The place is right in front of {@code before}, or right behind it when included. */
        @Override
        public boolean next() {
            Position at = before;
            Position found = atStart || at == null
                    ? (entries.isEmpty() ? null : entries.firstKey())
                    : beforeIncluded ? entries.higherKey(at) : entries.ceilingKey(at);
            return step(found, true);
        }

        @Override
        public boolean previous() {
            Position at = before;
            Position found = at == null ? null : beforeIncluded ? entries.floorKey(at) : entries.lowerKey(at);
            return step(found, false);
        }

        private boolean step(@Nullable Position found, boolean forward) {
            if (found == null || (partition != null && !found.partition.equals(partition))) {
                return false;
            }
            present = found;
            before = found;
            beforeIncluded = forward;
            atStart = false;
            return true;
        }

        private Entry entry() {
            Entry entry = present == null ? null : entries.get(present);
            if (entry == null) {
                throw new IllegalStateException("no present entry");
            }
            return entry;
        }

        @Override
        public long address() {
            return entry().memory;
        }

        @Override
        public long writable() {
            return entry().memory;
        }

        @Override
        public void remove() {
            Position gone = present;
            if (gone == null || !HeapOrdered.this.remove(gone)) {
                throw new IllegalStateException("no present entry");
            }
            present = null;
        }

        @Override
        public long orderKeyAddress() {
            return entry().memory + entry().orderKeyAt;
        }

        @Override
        public int orderKeyLength() {
            return entry().rowAt - entry().orderKeyAt;
        }

        @Override
        public long sequence() {
            entry();
            return present == null ? 0 : present.sequence;
        }

        @Override
        public long rowAddress() {
            return entry().memory + entry().rowAt;
        }

        @Override
        public int rowLength() {
            return entry().rowLength;
        }

        @Override
        public long partitionAddress() {
            return entry().memory + entry().partitionAt;
        }

        @Override
        public int partitionLength() {
            return present == null ? 0 : present.partition.bytes().length;
        }
    }
}
