package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The model of an {@link OrderedTable}: a sorted map on the heap whose entries are single off-heap allocations. */
final class HeapOrderedTable implements OrderedTable {
    private final OrderedSpec spec;
    private final TreeMap<Key, Entry> entries = new TreeMap<>();

    HeapOrderedTable(OrderedSpec spec) {
        this.spec = spec;
    }

    @Override
    public String name() {
        return "model";
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
        Key key = new Key(HeapKey.of(partitions, partition), HeapKey.bytes(orderKey, orderKeyLength), sequence);
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = new Entry(key, spec.fixedBytes(), HeapKey.bytes(row, rowLength));
            entries.put(key, entry);
        }
        return entry.fixed;
    }

    @Override
    public long find(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        Entry entry = entries.get(
                new Key(HeapKey.of(partitions, partition), HeapKey.bytes(orderKey, orderKeyLength), sequence));
        return entry == null ? 0 : entry.fixed;
    }

    @Override
    public boolean remove(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        Entry entry = entries.remove(
                new Key(HeapKey.of(partitions, partition), HeapKey.bytes(orderKey, orderKeyLength), sequence));
        if (entry != null) {
            entry.free();
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
        entries.values().forEach(Entry::free);
        entries.clear();
    }

    @Override
    public OrderedSnapshot snapshot() {
        HeapOrderedTable copy = new HeapOrderedTable(spec);
        entries.forEach((key, entry) -> {
            Entry copied = new Entry(key, spec.fixedBytes(), entry.row);
            Memory.copy(entry.fixed, copied.fixed, spec.fixedBytes());
            copy.entries.put(key, copied);
        });
        return new OrderedSnapshot() {
            @Override
            public long size() {
                return copy.size();
            }

            @Override
            public OrderedCursor cursor() {
                return copy.cursor();
            }

            @Override
            public void close() {
                copy.close();
            }
        };
    }

    @Override
    public void close() {
        clear();
    }

    private static final class Key implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing((Key key) -> key.partition)
                .thenComparing(key -> key.order, Arrays::compareUnsigned)
                .thenComparing(key -> key.sequence);

        final HeapKey partition;
        final byte[] order;
        final long sequence;

        Key(HeapKey partition, byte[] order, long sequence) {
            this.partition = partition;
            this.order = order;
            this.sequence = sequence;
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && compareTo(key) == 0;
        }

        @Override
        public int hashCode() {
            return partition.hashCode();
        }
    }

    private static final class Entry {
        final long fixed;
        final long bytes;
        final byte[] row;
        final Key key;

        Entry(Key key, int fixedBytes, byte[] row) {
            this.key = key;
            this.row = row;
            fixed = Memory.allocate(fixedBytes + 8L);
            Memory.fill(fixed, fixedBytes + 8L, (byte) 0);
            byte[] partition = key.partition.bytes();
            bytes = Memory.allocate(partition.length + key.order.length + row.length + 8L);
            Memory.copy(partition, 0, bytes, partition.length);
            Memory.copy(key.order, 0, bytes + partition.length, key.order.length);
            Memory.copy(row, 0, bytes + partition.length + key.order.length, row.length);
        }

        void free() {
            Memory.free(fixed);
            Memory.free(bytes);
        }
    }

    private final class Cursor implements OrderedCursor {
        private NavigableMap<Key, Entry> bounds = entries;
        /** The entry the cursor stands before, null at the end. */
        private @Nullable Key before;

        private @Nullable Entry present;

        @Override
        public void seekFirst(KeyBatch partitions, int partition) {
            bound(HeapKey.of(partitions, partition));
            before = bounds.isEmpty() ? null : bounds.firstKey();
        }

        private void bound(HeapKey partition) {
            HeapKey behind =
                    new HeapKey(partition.hash(), Arrays.copyOf(partition.bytes(), partition.bytes().length + 1));
            bounds = entries.subMap(
                    new Key(partition, new byte[0], Long.MIN_VALUE),
                    true,
                    new Key(behind, new byte[0], Long.MIN_VALUE),
                    false);
            present = null;
        }

        @Override
        public void seekLast(KeyBatch partitions, int partition) {
            bound(HeapKey.of(partitions, partition));
            before = null;
        }

        @Override
        public void seek(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
            HeapKey key = HeapKey.of(partitions, partition);
            bound(key);
            before = bounds.ceilingKey(new Key(key, HeapKey.bytes(orderKey, orderKeyLength), sequence));
        }

        @Override
        public void seekAll() {
            bounds = entries;
            present = null;
            before = entries.isEmpty() ? null : entries.firstKey();
        }

        @Override
        public boolean next() {
            Key key = before;
            if (key == null) {
                return false;
            }
            present = bounds.get(key);
            before = bounds.higherKey(key);
            return true;
        }

        @Override
        public boolean previous() {
            Key stand = before;
            Key key = stand == null ? (bounds.isEmpty() ? null : bounds.lastKey()) : bounds.lowerKey(stand);
            if (key == null) {
                return false;
            }
            present = bounds.get(key);
            before = key;
            return true;
        }

        private Entry present() {
            Entry entry = present;
            if (entry == null) {
                throw new AssertionError("no present entry");
            }
            return entry;
        }

        @Override
        public long address() {
            return present().fixed;
        }

        @Override
        public long writable() {
            return present().fixed;
        }

        @Override
        public void remove() {
            Entry entry = present();
            if (entry.key.equals(before)) {
                before = bounds.higherKey(entry.key);
            }
            entries.remove(entry.key);
            entry.free();
            present = null;
        }

        @Override
        public long orderKeyAddress() {
            return partitionAddress() + partitionLength();
        }

        @Override
        public int orderKeyLength() {
            return present().key.order.length;
        }

        @Override
        public long sequence() {
            return present().key.sequence;
        }

        @Override
        public long rowAddress() {
            return orderKeyAddress() + orderKeyLength();
        }

        @Override
        public int rowLength() {
            return present().row.length;
        }

        @Override
        public long partitionAddress() {
            return present().bytes;
        }

        @Override
        public int partitionLength() {
            return present().key.partition.bytes().length;
        }
    }
}
