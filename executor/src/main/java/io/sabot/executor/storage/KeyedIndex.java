package io.sabot.executor.storage;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The place of every key's present row. A key that is there already is replaced, with the row before as UPDATE_BEFORE;
 * UPDATE_BEFORE that comes says nothing new and is left out.
 */
final class KeyedIndex implements TableIndex {
    private final Schema schema;
    private final BufferAllocator allocator;
    private final int[] keyColumns;
    private final KeyEncoder keys;
    private final Map<ByteBuffer, Long> places = new HashMap<>();

    KeyedIndex(Schema schema, List<String> key, BufferAllocator allocator) {
        this.schema = schema;
        this.allocator = allocator;
        this.keyColumns = key.stream()
                .mapToInt(name -> schema.indexOf(name).orElseThrow())
                .toArray();
        this.keys = new KeyEncoder(
                allocator,
                Arrays.stream(keyColumns).<DataType>mapToObj(schema::type).toList());
    }

    @Override
    public void index(Batch logged, long number, BatchesByNumber log) {
        KeyBatch encoded = keys.encode(logged, keyColumns);
        for (int row = 0; row < logged.rowCount(); row++) {
            if (logged.sign(row) > 0) {
                places.put(bytes(encoded, row), TableIndex.place(number, row));
            } else if (logged.kind(row) == RowKind.DELETE) {
                places.remove(bytes(encoded, row));
            }
        }
    }

    @Override
    public Batch change(Batch incoming, long number, BatchesByNumber log) {
        try (incoming) {
            KeyBatch encoded = keys.encode(incoming, keyColumns);
            List<RowChange> changes = new ArrayList<>();
            for (int row = 0; row < incoming.rowCount(); row++) {
                RowKind kind = incoming.kind(row);
                if (kind == RowKind.UPDATE_BEFORE) {
                    continue;
                }
                ByteBuffer key = bytes(encoded, row);
                Long place = kind == RowKind.DELETE ? places.remove(key) : places.get(key);
                if (place != null) {
                    RowKind leaves = kind == RowKind.DELETE ? RowKind.DELETE : RowKind.UPDATE_BEFORE;
                    changes.add(old(place, number, changes, log, leaves));
                }
                if (kind != RowKind.DELETE) {
                    places.put(key, TableIndex.place(number, changes.size()));
                    changes.add(new RowChange(incoming, row, place == null ? RowKind.INSERT : RowKind.UPDATE_AFTER));
                }
            }
            return RowChange.materialize(changes, schema, allocator);
        }
    }

    private static RowChange old(long place, long number, List<RowChange> changes, BatchesByNumber log, RowKind kind) {
        long batch = TableIndex.batchOf(place);
        int row = TableIndex.rowOf(place);
        if (batch == number) {
            return changes.get(row).as(kind);
        }
        return new RowChange(log.get(batch), row, kind);
    }

    @Override
    public long find(Batch key, int[] columns) {
        return places.getOrDefault(bytes(keys.encode(key, columns), 0), -1L);
    }

    /** Whether each row of an update gets another key; the new values stand {@code columns} behind the old. */
    boolean[] moved(Batch batch, int columns) {
        KeyBatch encoded = keys.encode(batch, keyColumns);
        List<ByteBuffer> before = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            before.add(bytes(encoded, row));
        }
        encoded = keys.encode(
                batch, Arrays.stream(keyColumns).map(column -> column + columns).toArray());
        boolean[] moved = new boolean[batch.rowCount()];
        for (int row = 0; row < moved.length; row++) {
            moved[row] = !before.get(row).equals(bytes(encoded, row));
        }
        return moved;
    }

    static ByteBuffer bytes(KeyBatch keys, int row) {
        byte[] bytes = new byte[keys.length(row)];
        Memory.copy(keys.address(row), bytes, 0, bytes.length);
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public long[] present() {
        return places.values().stream().mapToLong(Long::longValue).sorted().toArray();
    }

    @Override
    public long size() {
        return places.size();
    }

    @Override
    public void close() {
        places.clear();
        keys.close();
    }
}
