package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowLogTest {
    private final BufferAllocator allocator = Allocators.root();
    private final MemoryBudget budget = MemoryBudget.unlimited();
    private final PageStore store = new PageStore(budget);
    private final KeyBatch keys = new KeyBatch(allocator, KeyLayout.fixed(8));
    private final PagedRowLog log =
            new PagedRowLog("rows", 1, new RowLogSpec(8, StateBound.WATERMARK), store, KeyGroups.Range.all(128));
    private long row;

    @BeforeEach
    void open() {
        row = Memory.allocate(5000);
        byte[] key = new byte[9];
        for (int i = 0; i < 10; i++) {
            key[1] = (byte) i;
            RecordTableContract.append(keys, key);
        }
    }

    @AfterEach
    void close() {
        Memory.free(row);
        keys.close();
        log.close();
        assertThat(store.pool().framesInUse()).isZero();
        store.close();
        assertThat(budget.usedBytes()).isZero();
        allocator.close();
    }

    private long append(int key, long time, int length) {
        Memory.fill(row, length, (byte) time);
        return log.append(keys, key, time, row, length);
    }

    @Test
    void rowsAreFoundByIdAndComeInOrder() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            ids.add(append(i % 10, i, i % 100 == 0 ? 4000 : i % 60));
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < 3000; i++) {
            long address = log.find(ids.get(i));
            assertThat(log.time(address)).isEqualTo(i);
            assertThat(log.rowLength(address)).isEqualTo(i % 100 == 0 ? 4000 : i % 60);
            assertThat(HeapKey.bytes(log.keyAddress(address), log.keyLength(address)))
                    .startsWith((byte) 0, (byte) (i % 10));
            Memory.putLong(log.writable(ids.get(i)), i);
        }
        RowLogCursor cursor = log.scan();
        for (int i = 0; i < 3000; i++) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.id()).isEqualTo(ids.get(i));
            assertThat(Memory.getLong(cursor.address())).isEqualTo(i);
        }
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void oldRowsGoFromTheFront() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            ids.add(append(0, i, 30));
        }
        log.expireBefore(1500);
        assertThat(log.find(ids.get(0))).isZero();
        assertThat(log.writable(ids.get(0))).isZero();
        assertThat(log.firstId()).isGreaterThan(ids.get(1000));
        assertThat(log.find(ids.get(1500))).isNotZero();
        assertThat(log.size()).isBetween(500L, 600L);
        log.expireBefore(Long.MAX_VALUE);
        assertThat(log.size()).isZero();
        assertThat(store.pool().framesInUse()).isZero();
        long next = append(1, 5, 3);
        assertThat(next).isGreaterThan(ids.get(1999));
        assertThat(log.time(log.find(next))).isEqualTo(5);
    }

    @Test
    void aScanMayWriteFixedPartsOfFrozenPages() {
        for (int i = 0; i < 300; i++) {
            append(0, i, 10);
        }
        long generation = store.freeze();
        log.freezePages();
        RowLogCursor cursor = log.scan();
        int count = 0;
        while (cursor.next()) {
            Memory.putLong(log.writable(cursor.id()), ++count);
        }
        assertThat(count).isEqualTo(300);
        cursor = log.scan();
        for (int i = 1; i <= 300; i++) {
            assertThat(cursor.next()).isTrue();
            assertThat(Memory.getLong(cursor.address())).isEqualTo(i);
        }
        store.thaw(generation);
    }
}
