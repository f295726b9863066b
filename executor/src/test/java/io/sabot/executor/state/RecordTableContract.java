package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link RecordTable} does; the pages and the model run it both. */
abstract class RecordTableContract {
    final BufferAllocator allocator = Allocators.root();
    final KeyGroups.Range all = KeyGroups.Range.all(KeyGroups.DEFAULT_COUNT);

    /** A new empty table that {@link #closeTables} closes. */
    abstract RecordTable table(RecordSpec spec, KeyGroups.Range range);

    abstract void closeTables();

    @AfterEach
    void close() {
        closeTables();
        allocator.close();
    }

    private static RecordSpec longs(int fixedBytes) {
        return RecordSpec.of(KeyLayout.fixed(8), fixedBytes, StateBound.KEYS);
    }

    private static void appendLong(KeyBatch keys, long value) {
        byte[] key = new byte[9];
        for (int i = 0; i < 8; i++) {
            key[i + 1] = (byte) (value >>> (8 * i));
        }
        append(keys, key);
    }

    static void append(KeyBatch keys, byte[] key) {
        long copy = Memory.allocate(key.length + 8L);
        Memory.copy(key, 0, copy, key.length);
        keys.append(copy, key.length);
        Memory.free(copy);
    }

    @Test
    void aNewRecordIsZerosAndIsToldOnce() {
        RecordTable table = table(longs(16), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            appendLong(keys, 5);
            appendLong(keys, 7);
            appendLong(keys, 5);
            long[] addresses = new long[3];
            int[] newRows = new int[3];
            assertThat(table.resolve(keys, addresses, newRows)).isEqualTo(2);
            assertThat(newRows).startsWith(0, 1);
            assertThat(addresses[0]).isEqualTo(addresses[2]).isNotEqualTo(addresses[1]);
            assertThat(Memory.getLong(addresses[1] + 8)).isZero();
            assertThat(table.resolve(keys, addresses, newRows)).isZero();
            assertThat(table.size()).isEqualTo(2);
        }
    }

    @Test
    void findGivesZeroForWhatIsNotThere() {
        RecordTable table = table(longs(8), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            long[] addresses = {1, 1};
            appendLong(keys, 1);
            table.find(keys, addresses);
            assertThat(addresses).containsExactly(0, 1);
            table.resolve(keys, addresses);
            Memory.putLong(addresses[0], 42);
            appendLong(keys, 2);
            table.find(keys, addresses);
            assertThat(Memory.getLong(addresses[0])).isEqualTo(42);
            assertThat(addresses[1]).isZero();
        }
    }

    @Test
    void addressesOfOneBatchSurviveGrowthInTheSameBatch() {
        RecordTable table = table(longs(24), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            for (int i = 0; i < 5000; i++) {
                appendLong(keys, i);
            }
            long[] addresses = new long[5000];
            assertThat(table.resolve(keys, addresses)).isEqualTo(5000);
            for (int i = 0; i < 5000; i++) {
                Memory.putLong(addresses[i], i);
            }
            table.find(keys, addresses);
            for (int i = 0; i < 5000; i++) {
                assertThat(Memory.getLong(addresses[i])).isEqualTo(i);
            }
        }
    }

    @Test
    void nullKeysDifferFromZero() {
        RecordTable table = table(longs(8), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            append(keys, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0});
            append(keys, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0});
            long[] addresses = new long[2];
            assertThat(table.resolve(keys, addresses)).isEqualTo(2);
            assertThat(keys.hasNull(1)).isTrue();
        }
    }

    @Test
    void keysWithoutColumnsMakeOneRecord() {
        RecordTable table = table(RecordSpec.of(KeyLayout.fixed(0), 8, StateBound.KEYS), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            append(keys, new byte[1]);
            append(keys, new byte[1]);
            assertThat(table.resolve(keys, new long[2])).isEqualTo(1);
        }
    }

    @Test
    void tailsGrowShrinkAndVanish() {
        RecordTable table =
                table(RecordSpec.of(KeyLayout.VARIABLE, 8, StateBound.KEYS).withTail(), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            append(keys, "\0a key of more than twelve bytes".getBytes(StandardCharsets.UTF_8));
            long[] addresses = new long[1];
            table.resolve(keys, addresses);
            assertThat(table.tailLength(addresses[0])).isZero();
            for (int length : new int[] {3, 40, 100_000, 5, 0, 17}) {
                byte[] bytes = new byte[length];
                new Random(length).nextBytes(bytes);
                setTail(table, addresses[0], bytes);
                assertThat(tail(table, addresses[0])).isEqualTo(bytes);
            }
            assertThat(HeapKey.bytes(table.keyAddress(addresses[0]), table.keyLength(addresses[0])))
                    .isEqualTo("\0a key of more than twelve bytes".getBytes(StandardCharsets.UTF_8));
        }
    }

    static void setTail(RecordTable table, long address, byte[] bytes) {
        long copy = Memory.allocate(bytes.length + 1L);
        Memory.copy(bytes, 0, copy, bytes.length);
        table.setTail(address, copy, bytes.length);
        Memory.free(copy);
    }

    static byte[] tail(RecordTable table, long address) {
        return HeapKey.bytes(table.tailAddress(address), table.tailLength(address));
    }

    @Test
    void aSnapshotDoesNotChange() {
        RecordTable table =
                table(RecordSpec.of(KeyLayout.fixed(8), 8, StateBound.KEYS).withTail(), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys())) {
            for (int i = 0; i < 1000; i++) {
                appendLong(keys, i);
            }
            long[] addresses = new long[1000];
            table.resolve(keys, addresses);
            for (int i = 0; i < 1000; i++) {
                Memory.putLong(addresses[i], i);
                setTail(table, addresses[i], new byte[i % 50]);
            }
            try (RecordSnapshot snapshot = table.snapshot()) {
                table.resolve(keys, addresses);
                for (int i = 0; i < 1000; i++) {
                    Memory.putLong(addresses[i], -1);
                    setTail(table, addresses[i], new byte[] {1, 2, 3});
                }
                table.remove(keys);
                assertThat(table.size()).isZero();
                assertThat(snapshot.size()).isEqualTo(1000);
                snapshot.find(keys, addresses);
                for (int i = 0; i < 1000; i++) {
                    assertThat(Memory.getLong(addresses[i])).isEqualTo(i);
                    assertThat(snapshot.tailLength(addresses[i])).isEqualTo(i % 50);
                }
                int scanned = 0;
                try (RecordCursor cursor = snapshot.scan()) {
                    while (cursor.next()) {
                        assertThat(cursor.tailLength()).isEqualTo((int) Memory.getLong(cursor.recordAddress()) % 50);
                        scanned++;
                    }
                }
                assertThat(scanned).isEqualTo(1000);
            }
        }
    }

    @Test
    void scanOfKeyGroupsIsAPartOfAll() {
        RecordTable table = table(longs(8), all);
        try (KeyBatch keys = new KeyBatch(allocator, table.spec().keys());
                KeyBatch scanned = new KeyBatch(allocator, table.spec().keys())) {
            for (int i = 0; i < 300; i++) {
                appendLong(keys, i);
            }
            table.resolve(keys, new long[300]);
            int sum = 0;
            for (int task = 0; task < 3; task++) {
                KeyGroups.Range range = KeyGroups.rangeOf(task, 3, 128);
                try (RecordCursor cursor = table.scan(range)) {
                    long[] addresses = new long[16];
                    for (int n = cursor.next(scanned, addresses); n > 0; n = cursor.next(scanned, addresses)) {
                        for (int i = 0; i < n; i++) {
                            assertThat(range.contains(scanned.hash(i))).isTrue();
                        }
                        sum += n;
                    }
                }
            }
            assertThat(sum).isEqualTo(300);
        }
    }

    @Test
    void randomBatchesAgreeWithAMap() {
        for (long seed = 1; seed <= 6; seed++) {
            randomBatches(seed);
        }
    }

    private void randomBatches(long seed) {
        Random random = new Random(seed);
        boolean variable = random.nextBoolean();
        int fixedBytes = 8 * (1 + random.nextInt(12));
        KeyLayout layout = variable ? KeyLayout.VARIABLE : KeyLayout.fixed(random.nextInt(30));
        KeyGroups.Range range = KeyGroups.rangeOf(random.nextInt(3), 3, 128);
        RecordTable table = table(new RecordSpec(layout, fixedBytes, random.nextBoolean(), StateBound.KEYS), range);
        TreeMap<HeapKey, String> model = new TreeMap<>();
        int space = 1 << (4 + random.nextInt(11));
        for (int step = 0; step < 300; step++) {
            try (KeyBatch keys = new KeyBatch(allocator, layout)) {
                int rows = random.nextInt(100);
                while (rows-- > 0) {
                    HeapKey key = randomKey(random, layout, space);
                    if (range.contains(key.hash())) {
                        append(keys, key.bytes());
                    }
                }
                long[] addresses = new long[keys.count()];
                if (random.nextInt(100) < (step / 100 % 2 == 0 ? 25 : 75)) {
                    removeAll(table, keys, model);
                } else {
                    table.resolve(keys, addresses);
                    for (int i = 0; i < keys.count(); i++) {
                        writeRandom(random, table, addresses[i], model, HeapKey.of(keys, i));
                    }
                }
                table.find(keys, addresses);
                for (int i = 0; i < keys.count(); i++) {
                    String expected = model.get(HeapKey.of(keys, i));
                    assertThat(addresses[i] == 0 ? null : text(table, addresses[i]))
                            .as("seed " + seed + " step " + step)
                            .isEqualTo(expected);
                }
            }
        }
        assertThat(content(table)).as("seed " + seed).isEqualTo(model);
        table.clear();
        assertThat(table.size()).isZero();
        assertThat(content(table)).isEmpty();
    }

    private static void removeAll(RecordTable table, KeyBatch keys, Map<HeapKey, String> model) {
        int expected = 0;
        for (int i = 0; i < keys.count(); i++) {
            expected += model.remove(HeapKey.of(keys, i)) == null ? 0 : 1;
        }
        assertThat(table.remove(keys)).isEqualTo(expected);
        assertThat(table.size()).isEqualTo(model.size());
    }

    static void writeRandom(Random random, RecordTable table, long address, Map<HeapKey, String> model, HeapKey key) {
        Memory.putLong(address, random.nextLong());
        Memory.putLong(address + table.spec().fixedBytes() - 8, random.nextLong());
        if (table.spec().hasTail()) {
            setTail(table, address, new byte[random.nextInt(random.nextInt(20) == 0 ? 5000 : 30)]);
        }
        model.put(key, text(table, address));
    }

    /** A record as text. */
    static String text(RecordTable table, long address) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < table.spec().fixedBytes(); i += 8) {
            text.append(Memory.getLong(address + i)).append(' ');
        }
        return table.spec().hasTail() ? text.append(table.tailLength(address)).toString() : text.toString();
    }

    static Map<HeapKey, String> content(RecordTable table) {
        TreeMap<HeapKey, String> content = new TreeMap<>();
        try (RecordCursor cursor = table.scan()) {
            while (cursor.next()) {
                HeapKey key = HeapKey.of(HeapKey.bytes(cursor.keyAddress(), cursor.keyLength()));
                assertThat(content.put(key, text(table, cursor.recordAddress())))
                        .isNull();
            }
        }
        return content;
    }

    static HeapKey randomKey(Random random, KeyLayout layout, int space) {
        Random content = new Random(random.nextInt(space));
        byte[] bytes = new byte
                [1 + (layout.isFixed() ? layout.bodyBytes() : content.nextInt(content.nextInt(10) == 0 ? 600 : 20))];
        content.nextBytes(bytes);
        bytes[0] &= 3;
        return HeapKey.of(bytes);
    }
}
