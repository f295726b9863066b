package io.sabot.executor.storage;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table without a key: equal rows are there as often as they came. A row that goes takes the oldest of its
 * equals away; one that finds none is left out.
 *
 * <p>Where rows stand is looked up by their whole content. That index is made at the first row that goes: a table that only
 * grows never pays for it.
 */
final class BagIndex implements TableIndex {
    private final KeyEncoder rows;
    private final int[] columns;
    private final BufferAllocator allocator;
    private final TreeMap<Long, BitSet> present = new TreeMap<>();
    private @Nullable Map<ByteBuffer, Deque<Long>> places;
    private long size;

    BagIndex(Schema schema, BufferAllocator allocator) {
        this.allocator = allocator;
        this.columns = IntStream.range(0, schema.size()).toArray();
        this.rows = KeyEncoder.ofRows(
                allocator,
                IntStream.range(0, schema.size()).mapToObj(schema::type).toList());
    }

    @Override
    public void index(Batch logged, long number, BatchesByNumber log) {
        int[] kept = apply(logged, number, log);
        assert kept.length == logged.rowCount() : "the log takes rows away that are not there";
    }

    @Override
    public Batch change(Batch incoming, long number, BatchesByNumber log) {
        int[] kept;
        try {
            kept = apply(incoming, number, log);
        } catch (RuntimeException | Error e) {
            incoming.close();
            throw e;
        }
        if (kept.length == incoming.rowCount()) {
            return incoming;
        }
        try (incoming) {
            return incoming.take(new Selection(kept, kept.length), allocator);
        }
    }

    /** Rows of the batch that have an effect; they get the places that they have without the others. */
    private int[] apply(Batch batch, long number, BatchesByNumber log) {
        BitSet added = new BitSet(batch.rowCount());
        if (batch.isInsertOnly() && places == null) {
            added.set(0, batch.rowCount());
            present.put(number, added);
            size += batch.rowCount();
            return IntStream.range(0, batch.rowCount()).toArray();
        }
        Map<ByteBuffer, Deque<Long>> index = places(log);
        present.put(number, added);
        KeyBatch encoded = rows.encode(batch, columns);
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            ByteBuffer key = KeyedIndex.bytes(encoded, row);
            if (batch.sign(row) > 0) {
                index.computeIfAbsent(key, absent -> new ArrayDeque<>(1)).add(TableIndex.place(number, count));
                added.set(count);
                size++;
            } else if (!remove(index, key)) {
                continue;
            }
            kept[count++] = row;
        }
        return Arrays.copyOf(kept, count);
    }

    private boolean remove(Map<ByteBuffer, Deque<Long>> index, ByteBuffer key) {
        Deque<Long> equals = index.get(key);
        if (equals == null) {
            return false;
        }
        long place = equals.remove();
        if (equals.isEmpty()) {
            index.remove(key);
        }
        BitSet batch = present.get(TableIndex.batchOf(place));
        if (batch == null) {
            throw new AssertionError("no batch for a row that is there");
        }
        batch.clear(TableIndex.rowOf(place));
        size--;
        return true;
    }

    private Map<ByteBuffer, Deque<Long>> places(BatchesByNumber log) {
        Map<ByteBuffer, Deque<Long>> index = places;
        if (index == null) {
            Map<ByteBuffer, Deque<Long>> made = new HashMap<>();
            present.forEach((number, rowsOfBatch) -> {
                KeyBatch encoded = rows.encode(log.get(number), columns);
                rowsOfBatch.stream()
                        .forEach(row -> made.computeIfAbsent(
                                        KeyedIndex.bytes(encoded, row), absent -> new ArrayDeque<>(1))
                                .add(TableIndex.place(number, row)));
            });
            index = made;
            places = made;
        }
        return index;
    }

    @Override
    public long[] present() {
        long[] all = new long[Math.toIntExact(size)];
        int count = 0;
        for (Map.Entry<Long, BitSet> batch : present.entrySet()) {
            BitSet there = batch.getValue();
            for (int row = there.nextSetBit(0); row >= 0; row = there.nextSetBit(row + 1)) {
                all[count++] = TableIndex.place(batch.getKey(), row);
            }
        }
        return all;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        present.clear();
        rows.close();
    }
}
