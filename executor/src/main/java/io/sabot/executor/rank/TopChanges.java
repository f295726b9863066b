package io.sabot.executor.rank;

import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.RowsOut;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.SortKeys;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What has become of the rows kept, per partition that a batch touches: looks at them before, compares them with those after.
 * Both are in order, so one walk finds rows that have gone, have come or have another rank.
 */
final class TopChanges implements AutoCloseable {
    private final RankSpec spec;
    private final Arena arena;
    private final KeyBatch partitions;
    private int[] ends = new int[16];
    private long[] keys = new long[64];
    private int[] keyLengths = new int[64];
    private long[] sequences = new long[64];
    private long[] rows = new long[64];
    private int[] rowLengths = new int[64];
    private long[] ranks = new long[64];
    private int partitionCount;
    private int count;

    TopChanges(RankSpec spec, RowEncoders encoders, BufferAllocator allocator) {
        this.spec = spec;
        this.arena = new Arena(allocator);
        this.partitions = new KeyBatch(allocator, encoders.partitionLayout());
    }

    /** Notes the rows that a partition keeps so far. */
    void before(RankedRows table, KeyBatch keysOfBatch, int key) {
        partitions.append(keysOfBatch.address(key), keysOfBatch.length(key));
        table.seek(keysOfBatch, key);
        while (table.next() && table.rank() <= spec.to()) {
            if (table.rank() >= spec.from()) {
                grow();
                keys[count] = arena.append(table.orderKeyAddress(), table.orderKeyLength());
                keyLengths[count] = table.orderKeyLength();
                sequences[count] = table.sequence();
                rows[count] = arena.append(table.rowAddress(), table.rowLength());
                rowLengths[count] = table.rowLength();
                ranks[count++] = table.rank();
            }
        }
        if (partitionCount == ends.length) {
            ends = Arrays.copyOf(ends, partitionCount * 2);
        }
        ends[partitionCount++] = count;
    }

    private void grow() {
        if (count == keys.length) {
            int size = count * 2;
            keys = Arrays.copyOf(keys, size);
            keyLengths = Arrays.copyOf(keyLengths, size);
            sequences = Arrays.copyOf(sequences, size);
            rows = Arrays.copyOf(rows, size);
            rowLengths = Arrays.copyOf(rowLengths, size);
            ranks = Arrays.copyOf(ranks, size);
        }
    }

    /** Partitions noted. */
    KeyBatch partitions() {
        return partitions;
    }

    /** Puts out the differences and forgets everything. The table does not change meanwhile. */
    void emit(RankedRows table, RowsOut out, Output output) {
        for (int partition = 0; partition < partitionCount; partition++) {
            compare(table, partition, out);
            if (out.isFull()) {
                out.emit(output);
            }
        }
        out.emit(output);
        clear();
    }

    private void compare(RankedRows table, int partition, RowsOut out) {
        int old = partition == 0 ? 0 : ends[partition - 1];
        int end = ends[partition];
        table.seek(partitions, partition);
        boolean more = table.next();
        while (more && table.rank() <= spec.to()) {
            if (table.rank() < spec.from()) {
                more = table.next();
                continue;
            }
            int order = old < end ? order(old, table) : 1;
            if (order < 0) {
                gone(old++, out);
            } else {
                if (order > 0 || (spec.withRank() && ranks[old] != table.rank())) {
                    if (order == 0) {
                        gone(old, out);
                    }
                    out.add(RowKind.INSERT, table.rowAddress(), table.rowLength(), table.rank());
                }
                old += order == 0 ? 1 : 0;
                more = table.next();
            }
        }
        while (old < end) {
            gone(old++, out);
        }
    }

    private int order(int old, RankedRows table) {
        int byKey = SortKeys.compare(
                arena.address(keys[old]), keyLengths[old], table.orderKeyAddress(), table.orderKeyLength());
        return byKey != 0 ? byKey : Long.compare(sequences[old], table.sequence());
    }

    private void gone(int old, RowsOut out) {
        out.add(RowKind.DELETE, arena.address(rows[old]), rowLengths[old], ranks[old]);
    }

    void clear() {
        arena.clear();
        partitions.clear();
        partitionCount = 0;
        count = 0;
    }

    @Override
    public void close() {
        arena.close();
        partitions.close();
    }
}
