package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link RowLog} on a sorted map, for tests of operators. Rows: fixed part, time, key length, row length, key, row. */
final class HeapLog implements RowLog {
    private final String name;
    private final RowLogSpec spec;
    private final TreeMap<Long, Long> rows = new TreeMap<>();
    private long lastId;

    HeapLog(String name, RowLogSpec spec) {
        this.name = name;
        this.spec = spec;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RowLogSpec spec() {
        return spec;
    }

    @Override
    public long append(KeyBatch keys, int key, long time, long row, int rowLength) {
        int fixed = spec.fixedBytes();
        int keyLength = keys.length(key);
        long memory = Memory.allocate(fixed + 16L + keyLength + rowLength + 8);
        Memory.fill(memory, fixed, (byte) 0);
        Memory.putLong(memory + fixed, time);
        Memory.putInt(memory + fixed + 8, keyLength);
        Memory.putInt(memory + fixed + 12, rowLength);
        Memory.copy(keys.address(key), memory + fixed + 16, keyLength);
        if (rowLength > 0) {
            Memory.copy(row, memory + fixed + 16 + keyLength, rowLength);
        }
        lastId += 3;
        rows.put(lastId, memory);
        return lastId;
    }

    @Override
    public long find(long id) {
        return rows.getOrDefault(id, 0L);
    }

    @Override
    public long writable(long id) {
        return find(id);
    }

    @Override
    public long time(long address) {
        return Memory.getLong(address + spec.fixedBytes());
    }

    @Override
    public long keyAddress(long address) {
        return address + spec.fixedBytes() + 16;
    }

    @Override
    public int keyLength(long address) {
        return Memory.getInt(address + spec.fixedBytes() + 8);
    }

    @Override
    public long rowAddress(long address) {
        return keyAddress(address) + keyLength(address);
    }

    @Override
    public int rowLength(long address) {
        return Memory.getInt(address + spec.fixedBytes() + 12);
    }

    @Override
    public void expireBefore(long time) {
        while (!rows.isEmpty() && time(rows.firstEntry().getValue()) < time) {
            Memory.free(rows.pollFirstEntry().getValue());
        }
    }

    @Override
    public long firstId() {
        return rows.isEmpty() ? lastId + 1 : rows.firstKey();
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public RowLogCursor scan() {
        Iterator<Map.Entry<Long, Long>> all = rows.entrySet().iterator();
        return new RowLogCursor() {
            private Map.@Nullable Entry<Long, Long> present;

            @Override
            public boolean next() {
                present = all.hasNext() ? all.next() : null;
                return present != null;
            }

            private Map.Entry<Long, Long> present() {
                Map.Entry<Long, Long> entry = present;
                if (entry == null) {
                    throw new IllegalStateException("no present row");
                }
                return entry;
            }

            @Override
            public long id() {
                return present().getKey();
            }

            @Override
            public long address() {
                return present().getValue();
            }
        };
    }

    @Override
    public void clear() {
        rows.values().forEach(Memory::free);
        rows.clear();
    }

    @Override
    public void close() {
        clear();
    }
}
