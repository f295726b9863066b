package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The model of a {@link RecordTable}: a sorted map on the heap whose records are single off-heap allocations. */
final class HeapRecordTable implements RecordTable {
    private final String name;
    private final RecordSpec spec;
    private final KeyGroups.Range range;
    private final TreeMap<HeapKey, Row> rows = new TreeMap<>();
    private final Map<Long, Row> byAddress = new HashMap<>();

    HeapRecordTable(String name, RecordSpec spec, KeyGroups.Range range) {
        this.name = name;
        this.spec = spec;
        this.range = range;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RecordSpec spec() {
        return spec;
    }

    @Override
    public int resolve(KeyBatch keys, long[] recordAddresses, int @Nullable [] newRows) {
        int inserted = 0;
        for (int i = 0; i < keys.count(); i++) {
            HeapKey key = HeapKey.of(keys, i);
            Row row = rows.get(key);
            if (row == null) {
                row = new Row(key, spec.fixedBytes());
                rows.put(key, row);
                byAddress.put(row.record, row);
                if (newRows != null) {
                    newRows[inserted] = i;
                }
                inserted++;
            }
            recordAddresses[i] = row.record;
        }
        return inserted;
    }

    @Override
    public void find(KeyBatch keys, long[] recordAddresses) {
        find(rows, keys, recordAddresses);
    }

    private static void find(Map<HeapKey, Row> rows, KeyBatch keys, long[] recordAddresses) {
        for (int i = 0; i < keys.count(); i++) {
            Row row = rows.get(HeapKey.of(keys, i));
            recordAddresses[i] = row == null ? 0 : row.record;
        }
    }

    @Override
    public int remove(KeyBatch keys) {
        int[] all = new int[keys.count()];
        Arrays.setAll(all, i -> i);
        return remove(keys, all, all.length);
    }

    @Override
    public int remove(KeyBatch keys, int[] indices, int rowCount) {
        int removed = 0;
        for (int i = 0; i < rowCount; i++) {
            Row row = rows.remove(HeapKey.of(keys, indices[i]));
            if (row != null) {
                byAddress.remove(row.record);
                row.free();
                removed++;
            }
        }
        return removed;
    }

    private Row at(long recordAddress) {
        Row row = byAddress.get(recordAddress);
        if (row == null) {
            throw new AssertionError("no record at this address");
        }
        return row;
    }

    @Override
    public void setTail(long recordAddress, long bytes, int length) {
        at(recordAddress).setTail(bytes, length);
    }

    @Override
    public long tailAddress(long recordAddress) {
        return at(recordAddress).tail;
    }

    @Override
    public int tailLength(long recordAddress) {
        return at(recordAddress).tailLength;
    }

    @Override
    public long keyAddress(long recordAddress) {
        return at(recordAddress).keyAddress;
    }

    @Override
    public int keyLength(long recordAddress) {
        return at(recordAddress).key.bytes().length;
    }

    @Override
    public RecordCursor scan() {
        return scan(range);
    }

    @Override
    public RecordCursor scan(KeyGroups.Range groups) {
        return new Cursor(rows.values().iterator(), groups);
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public void clear() {
        rows.values().forEach(Row::free);
        rows.clear();
        byAddress.clear();
    }

    @Override
    public RecordSnapshot snapshot() {
        HeapRecordTable copy = new HeapRecordTable(name, spec, range);
        for (Row row : rows.values()) {
            Row copied = new Row(row.key, spec.fixedBytes());
            Memory.copy(row.record, copied.record, spec.fixedBytes());
            copied.setTail(row.tail, row.tailLength);
            copy.rows.put(row.key, copied);
            copy.byAddress.put(copied.record, copied);
        }
        return new Snapshot(copy);
    }

    @Override
    public void close() {
        clear();
    }

    private static final class Row {
        final HeapKey key;
        final long record;
        final long keyAddress;
        long tail;
        int tailLength;

        Row(HeapKey key, int fixedBytes) {
            this.key = key;
            record = Memory.allocate(fixedBytes + 8L);
            Memory.fill(record, fixedBytes + 8L, (byte) 0);
            keyAddress = Memory.allocate(key.bytes().length + 8L);
            Memory.copy(key.bytes(), 0, keyAddress, key.bytes().length);
        }

        void setTail(long bytes, int length) {
            long copy = length == 0 ? 0 : Memory.allocate(length);
            if (length > 0) {
                Memory.copy(bytes, copy, length);
            }
            if (tail != 0) {
                Memory.free(tail);
            }
            tail = copy;
            tailLength = length;
        }

        void free() {
            setTail(0, 0);
            Memory.free(record);
            Memory.free(keyAddress);
        }
    }

    private record Snapshot(HeapRecordTable copy) implements RecordSnapshot {
        @Override
        public long size() {
            return copy.size();
        }

        @Override
        public void find(KeyBatch keys, long[] recordAddresses) {
            copy.find(keys, recordAddresses);
        }

        @Override
        public RecordCursor scan() {
            return copy.scan();
        }

        @Override
        public long tailAddress(long recordAddress) {
            return copy.tailAddress(recordAddress);
        }

        @Override
        public int tailLength(long recordAddress) {
            return copy.tailLength(recordAddress);
        }

        @Override
        public void close() {
            copy.close();
        }
    }

    private static final class Cursor implements RecordCursor {
        private final Iterator<Row> rows;
        private final KeyGroups.Range groups;
        private @Nullable Row present;

        Cursor(Iterator<Row> rows, KeyGroups.Range groups) {
            this.rows = rows;
            this.groups = groups;
        }

        @Override
        public boolean next() {
            while (rows.hasNext()) {
                Row row = rows.next();
                if (groups.contains(row.key.hash())) {
                    present = row;
                    return true;
                }
            }
            return false;
        }

        private Row present() {
            Row row = present;
            if (row == null) {
                throw new AssertionError("no present record");
            }
            return row;
        }

        @Override
        public int next(KeyBatch keys, long[] recordAddresses) {
            keys.clear();
            int count = 0;
            while (count < recordAddresses.length && next()) {
                keys.append(keyAddress(), keyLength(), present().key.hash());
                recordAddresses[count++] = recordAddress();
            }
            return count;
        }

        @Override
        public long recordAddress() {
            return present().record;
        }

        @Override
        public long keyAddress() {
            return present().keyAddress;
        }

        @Override
        public int keyLength() {
            return present().key.bytes().length;
        }

        @Override
        public long tailAddress() {
            return present().tail;
        }

        @Override
        public int tailLength() {
            return present().tailLength;
        }

        @Override
        public void close() {
            present = null;
        }
    }
}
