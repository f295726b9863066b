package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link OrderedTable} does; the pages and the model run it both. */
abstract class OrderedTableContract {
    final BufferAllocator allocator = Allocators.root();
    private final KeyBatch keys = new KeyBatch(allocator, KeyLayout.fixed(8));
    private long scratch;

    /** A new empty table that {@link #closeTables} closes. */
    abstract OrderedTable table(OrderedSpec spec);

    abstract void closeTables();

    @BeforeEach
    void open() {
        scratch = Memory.allocate(10_000);
        byte[] key = new byte[9];
        for (int i = 0; i < 100; i++) {
            key[1] = (byte) i;
            RecordTableContract.append(keys, key);
        }
    }

    @AfterEach
    void close() {
        Memory.free(scratch);
        keys.close();
        closeTables();
        allocator.close();
    }

    private static OrderedSpec spec() {
        return new OrderedSpec(KeyLayout.fixed(8), 16, StateBound.NOTHING);
    }

    private long put(byte[] order, byte[] row) {
        Memory.copy(order, 0, scratch, order.length);
        Memory.copy(row, 0, scratch + order.length, row.length);
        return scratch;
    }

    private long resolve(OrderedTable table, int partition, byte[] order, long sequence, byte[] row) {
        long at = put(order, row);
        return table.resolve(keys, partition, at, order.length, sequence, at + order.length, row.length);
    }

    private static byte[] longKey(long value) {
        long memory = Memory.allocate(8);
        SortKeys.putLong(memory, value);
        byte[] bytes = HeapKey.bytes(memory, 8);
        Memory.free(memory);
        return bytes;
    }

    private static List<Long> forwards(OrderedCursor cursor) {
        List<Long> orders = new ArrayList<>();
        while (cursor.next()) {
            orders.add(SortKeys.getLong(cursor.orderKeyAddress()));
        }
        return orders;
    }

    @Test
    void entriesOfAPartitionComeInOrder() {
        OrderedTable table = table(spec());
        for (int i = 0; i < 3000; i++) {
            long value = (i * 7919L) % 3000 - 1500;
            resolve(table, i % 3, longKey(value), 0, new byte[i % 40]);
        }
        OrderedCursor cursor = table.cursor();
        for (int partition = 0; partition < 3; partition++) {
            cursor.seekFirst(keys, partition);
            List<Long> all = forwards(cursor);
            assertThat(all).hasSize(1000).isSorted();
            assertThat(cursor.next()).isFalse();
            List<Long> backwards = new ArrayList<>();
            while (cursor.previous()) {
                backwards.add(SortKeys.getLong(cursor.orderKeyAddress()));
            }
            Collections.reverse(backwards);
            assertThat(backwards).isEqualTo(all);
            cursor.seekLast(keys, partition);
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.previous()).isTrue();
            assertThat(SortKeys.getLong(cursor.orderKeyAddress())).isEqualTo(all.get(999));
            long bound = put(longKey(100), new byte[0]);
            cursor.seek(keys, partition, bound, 8, Long.MIN_VALUE);
            assertThat(forwards(cursor))
                    .isEqualTo(all.stream().filter(v -> v >= 100).toList());
        }
        cursor.seekFirst(keys, 50);
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.previous()).isFalse();
    }

    @Test
    void sequencesTellEqualOrderKeysApart() {
        OrderedTable table = table(spec());
        for (int i = 0; i < 500; i++) {
            Memory.putLong(resolve(table, 1, new byte[] {5}, i, new byte[] {(byte) i}), i);
        }
        assertThat(table.size()).isEqualTo(500);
        OrderedCursor cursor = table.cursor();
        cursor.seekFirst(keys, 1);
        for (int i = 0; i < 500; i++) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.sequence()).isEqualTo(i);
            assertThat(Memory.getLong(cursor.address())).isEqualTo(i);
            assertThat(HeapKey.bytes(cursor.rowAddress(), cursor.rowLength())).containsExactly((byte) i);
        }
        Memory.putByte(scratch, (byte) 5);
        assertThat(table.find(keys, 1, scratch, 1, 77)).isNotZero();
        assertThat(table.remove(keys, 1, scratch, 1, 77)).isTrue();
        assertThat(table.remove(keys, 1, scratch, 1, 77)).isFalse();
        assertThat(table.find(keys, 1, scratch, 1, 77)).isZero();
    }

    @Test
    void aCursorWritesAndRemovesWhileItWalks() {
        OrderedTable table = table(spec());
        for (int i = 0; i < 2000; i++) {
            resolve(table, 2, longKey(i), 0, new byte[20]);
        }
        OrderedCursor cursor = table.cursor();
        cursor.seekFirst(keys, 2);
        for (int i = 0; i < 2000; i++) {
            assertThat(cursor.next()).isTrue();
            assertThat(SortKeys.getLong(cursor.orderKeyAddress())).isEqualTo(i);
            if (i % 3 == 0) {
                Memory.putLong(cursor.writable() + 8, i);
            } else {
                cursor.remove();
            }
        }
        assertThat(cursor.next()).isFalse();
        assertThat(table.size()).isEqualTo(667);
        for (int i = 1998; i >= 0; i -= 3) {
            assertThat(cursor.previous()).isTrue();
            assertThat(Memory.getLong(cursor.address() + 8)).isEqualTo(i);
            cursor.remove();
        }
        assertThat(cursor.previous()).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void aSnapshotDoesNotChange() {
        OrderedTable table = table(spec());
        for (int i = 0; i < 1000; i++) {
            Memory.putLong(resolve(table, i % 7, longKey(i), 0, new byte[i]), i);
        }
        try (OrderedSnapshot snapshot = table.snapshot()) {
            OrderedCursor live = table.cursor();
            live.seekAll();
            while (live.next()) {
                Memory.putLong(live.writable(), -1);
                live.remove();
            }
            assertThat(table.size()).isZero();
            assertThat(snapshot.size()).isEqualTo(1000);
            OrderedCursor cursor = snapshot.cursor();
            cursor.seekAll();
            int count = 0;
            while (cursor.next()) {
                assertThat(Memory.getLong(cursor.address())).isEqualTo(SortKeys.getLong(cursor.orderKeyAddress()));
                assertThat(cursor.rowLength()).isEqualTo((int) Memory.getLong(cursor.address()));
                count++;
            }
            assertThat(count).isEqualTo(1000);
        }
    }

    @Test
    void randomChangesAgreeWithAMap() {
        for (long seed = 1; seed <= 8; seed++) {
            randomChanges(seed);
        }
    }

    private void randomChanges(long seed) {
        Random random = new Random(seed);
        OrderedTable table = table(new OrderedSpec(KeyLayout.fixed(8), 8, StateBound.NOTHING));
        int partitions = 1 + random.nextInt(100);
        int space = 1 << (3 + random.nextInt(8));
        TreeMap<HeapKey, String> model = new TreeMap<>();
        for (int step = 0; step < 8000; step++) {
            int partition = random.nextInt(partitions);
            Random content = new Random(random.nextInt(space));
            byte[] order = new byte[content.nextInt(content.nextInt(20) == 0 ? 900 : 30)];
            content.nextBytes(order);
            if (content.nextBoolean() && order.length > 2) {
                order[1] = 0;
            }
            long sequence = content.nextInt(3) - 1L;
            HeapKey name = HeapKey.of((partition + "/" + java.util.Arrays.toString(order) + sequence)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            boolean removing = random.nextInt(100) < (step / 2000 % 2 == 0 ? 20 : 65);
            if (removing) {
                boolean removed = table.remove(keys, partition, put(order, new byte[0]), order.length, sequence);
                assertThat(removed).as("seed " + seed + " step " + step).isEqualTo(model.remove(name) != null);
            } else {
                byte[] row = new byte[random.nextInt(random.nextInt(50) == 0 ? 3000 : 40)];
                boolean isNew = !model.containsKey(name);
                long address = resolve(table, partition, order, sequence, row);
                assertThat(Memory.getLong(address) == 0)
                        .as("seed " + seed + " step " + step)
                        .isEqualTo(isNew);
                Memory.putLong(address, step + 1L);
                String text = String.valueOf(step + 1);
                String old = model.get(name);
                model.put(name, text + " " + (old == null ? row.length : old.substring(old.indexOf(' ') + 1)));
            }
        }
        assertThat(content(table))
                .as("seed " + seed)
                .isEqualTo(new ArrayList<>(model.values()).stream().sorted().toList());
        table.clear();
        assertThat(content(table)).isEmpty();
    }

    private static List<String> content(OrderedTable table) {
        List<String> content = new ArrayList<>();
        OrderedCursor cursor = table.cursor();
        cursor.seekAll();
        while (cursor.next()) {
            content.add(Memory.getLong(cursor.address()) + " " + cursor.rowLength());
        }
        return content.stream().sorted().toList();
    }
}
