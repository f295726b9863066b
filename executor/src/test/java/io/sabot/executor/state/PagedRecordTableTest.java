package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.executor.batch.Memory;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagedRecordTableTest extends RecordTableContract {
    private final MemoryBudget budget = new MemoryBudget(64 << 20);
    private final PageStore store = new PageStore(budget);
    private final List<RecordTable> tables = new ArrayList<>();

    @Override
    RecordTable table(RecordSpec spec, KeyGroups.Range range) {
        RecordTable table =
                new PagedRecordTable("totals", spec, new SlotLayout(spec), store, range, StoredKeys.ofTable(1));
        tables.add(table);
        return table;
    }

    @Override
    void closeTables() {
        tables.forEach(RecordTable::close);
        assertThat(store.pool().framesInUse()).isZero();
        store.close();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void aSmallTableIsOneSmallPage() {
        table(RecordSpec.of(KeyLayout.fixed(8), 24, StateBound.KEYS), all);
        assertThat(store.pool().bytesInUse()).isEqualTo(256);
    }

    /** Slot bits must not come from the prefix that all keys of a page share. */
    @Test
    void slotsDoNotDependOnTheDirectoryPrefix() {
        int slots = 100;
        boolean[] used = new boolean[slots];
        int distinct = 0;
        for (int i = 0; i < 1000; i++) {
            long tag = 0xABCDE000L + (i * 4L);
            int home = SlotLayout.home(tag, slots);
            distinct += used[home] ? 0 : 1;
            used[home] = true;
        }
        assertThat(distinct).isGreaterThan(95);
    }

    @Test
    void keysWithOneHashLiveInOnePageThatGrows() {
        RecordTable table = table(RecordSpec.of(KeyLayout.fixed(8), 8, StateBound.KEYS), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            long key = Memory.allocate(16);
            Memory.putByte(key, (byte) 0);
            for (int i = 0; i < 2000; i++) {
                Memory.putLong(key + 1, i);
                keys.append(key, 9, 0x1234_5678_9ABC_DEF0L);
            }
            Memory.free(key);
            long[] addresses = new long[2000];
            assertThat(table.resolve(keys, addresses)).isEqualTo(2000);
            for (int i = 0; i < 2000; i++) {
                Memory.putLong(addresses[i], i);
            }
            table.find(keys, addresses);
            for (int i = 0; i < 2000; i++) {
                assertThat(Memory.getLong(addresses[i])).isEqualTo(i);
            }
            assertThat(table.remove(keys)).isEqualTo(2000);
        }
    }

    @Test
    void emptiedTablesGiveTheirPagesBack() {
        RecordTable table = table(RecordSpec.of(KeyLayout.fixed(8), 24, StateBound.KEYS), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            long key = Memory.allocate(16);
            Memory.putByte(key, (byte) 0);
            for (int i = 0; i < 20_000; i++) {
                Memory.putLong(key + 1, i);
                keys.append(key, 9);
            }
            Memory.free(key);
            table.resolve(keys, new long[20_000]);
            assertThat(store.pool().bytesInUse()).isGreaterThan(800_000);
            table.remove(keys);
            assertThat(store.pool().bytesInUse()).isLessThan(8_000);
        }
    }

    @Test
    void aClosedSnapshotGivesItsPagesBack() {
        RecordTable table = table(RecordSpec.of(KeyLayout.fixed(0), 8, StateBound.KEYS), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            append(keys, new byte[1]);
            long[] addresses = new long[1];
            table.resolve(keys, addresses);
            RecordSnapshot first = table.snapshot();
            table.resolve(keys, addresses);
            RecordSnapshot second = table.snapshot();
            table.resolve(keys, addresses);
            assertThat(store.pool().framesInUse()).isEqualTo(3);
            first.close();
            assertThat(store.pool().framesInUse()).isEqualTo(2);
            table.resolve(keys, addresses);
            assertThat(store.pool().framesInUse()).isEqualTo(2);
            second.close();
            assertThat(store.pool().framesInUse()).isEqualTo(1);
        }
    }

    @Test
    void theBudgetNamesTheTable() {
        RecordTable table = table(RecordSpec.of(KeyLayout.fixed(8), 4096, StateBound.NOTHING), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            long key = Memory.allocate(16);
            Memory.putByte(key, (byte) 0);
            for (int i = 0; i < 30_000; i++) {
                Memory.putLong(key + 1, i);
                keys.append(key, 9);
            }
            Memory.free(key);
            assertThatThrownBy(() -> table.resolve(keys, new long[30_000]))
                    .isInstanceOfSatisfying(SabotException.class, e -> {
                        assertThat(e.sqlState()).isEqualTo("53200");
                        assertThat(e.what()).contains("totals");
                    });
        }
    }
}
