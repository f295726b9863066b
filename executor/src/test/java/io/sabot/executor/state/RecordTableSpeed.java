package io.sabot.executor.state;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Prints nanoseconds of thread CPU time per row: COUNT, SUM and MAX by random keys, best of some passes; then a checkpoint.
 * Not a test; run it on a quiet machine: {@code RecordTableSpeed [rows per pass]}.
 */
final class RecordTableSpeed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROWS = Batch.DEFAULT_ROWS;

    private RecordTableSpeed() {}

    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 4_000_000;
        for (int keys : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
            run("BIGINT", AtomicType.BIGINT, keys, rows);
        }
        for (int keys : new int[] {100_000, 1_000_000}) {
            run("VARCHAR", AtomicType.STRING, keys, rows);
        }
        ordered(100_000, 10);
        ordered(1_000, 1_000);
        checkpoint(1_000_000);
    }

    private static void ordered(int partitions, int rowsPerPartition) {
        MemoryBudget budget = MemoryBudget.unlimited();
        int rows = partitions * rowsPerPartition;
        long scratch = Memory.allocate(64);
        try (BufferAllocator allocator = Allocators.root();
                TaskState task = JobState.empty(budget, 128).task(0, 1);
                KeyEncoder encoder = new KeyEncoder(allocator, List.of(AtomicType.BIGINT))) {
            OrderedTable table =
                    task.operator("op").orderedTable("t", new OrderedSpec(encoder.layout(), 8, StateBound.NOTHING));
            List<Batch> batches = batches(allocator, AtomicType.BIGINT, partitions, rows);
            long[] orders = new Random(7).longs(rows).toArray();
            try {
                for (int pass = 1; pass <= 3; pass++) {
                    long insert = orderedPass(table, encoder, batches, orders, scratch, 0);
                    long scan = orderedPass(table, encoder, batches, orders, scratch, 1);
                    long bytes = budget.usedBytes() / table.size();
                    long delete = orderedPass(table, encoder, batches, orders, scratch, 2);
                    System.out.printf(
                            Locale.ROOT,
                            "ordered, %d keys of %d rows: insert %d, scan of a key %d, delete %d ns; %d bytes per row%n",
                            partitions,
                            rowsPerPartition,
                            insert / rows,
                            scan / rows,
                            delete / rows,
                            bytes);
                }
            } finally {
                batches.forEach(Batch::close);
            }
        } finally {
            Memory.free(scratch);
        }
    }

    private static long orderedPass(
            OrderedTable table, KeyEncoder encoder, List<Batch> batches, long[] orders, long scratch, int what) {
        OrderedCursor cursor = table.cursor();
        int[] column = {0};
        int row = 0;
        long sum = 0;
        long begin = THREADS.getCurrentThreadCpuTime();
        for (Batch batch : batches) {
            KeyBatch keys = encoder.encode(batch, column);
            for (int i = 0; i < keys.count() && row < orders.length; i++) {
                SortKeys.putLong(scratch, orders[row++]);
                if (what == 0) {
                    Memory.putLong(table.resolve(keys, i, scratch, 8, 0, scratch, 32), row);
                } else if (what == 2) {
                    table.remove(keys, i, scratch, 8, 0);
                } else if (row % 10 == 0) {
                    cursor.seekFirst(keys, i);
                    while (cursor.next()) {
                        sum += Memory.getLong(cursor.address());
                    }
                }
            }
        }
        if (sum == 1) {
            System.out.println();
        }
        return (THREADS.getCurrentThreadCpuTime() - begin) * (what == 1 ? 10 : 1);
    }

    private static void run(String name, DataType type, int keys, int rows) {
        MemoryBudget budget = MemoryBudget.unlimited();
        try (BufferAllocator allocator = Allocators.root();
                TaskState task = JobState.empty(budget, 128).task(0, 1);
                KeyEncoder encoder = new KeyEncoder(allocator, List.of(type))) {
            RecordTable table =
                    task.operator("op").recordTable("t", RecordSpec.of(encoder.layout(), 24, StateBound.KEYS));
            List<Batch> batches = batches(allocator, type, keys, rows);
            try {
                long first = pass(table, encoder, batches, true);
                long best = Long.MAX_VALUE;
                long bestEncode = Long.MAX_VALUE;
                for (int i = 0; i < 5; i++) {
                    best = Math.min(best, pass(table, encoder, batches, true));
                    bestEncode = Math.min(bestEncode, pass(table, encoder, batches, false));
                }
                double all = rows;
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %9d keys: first pass %6.1f, then encode %5.1f, resolve and update %6.1f ns; %d bytes per key%n",
                        name,
                        keys,
                        first / all,
                        bestEncode / all,
                        (best - bestEncode) / all,
                        budget.usedBytes() / table.size());
            } finally {
                batches.forEach(Batch::close);
            }
        }
    }

    private static List<Batch> batches(BufferAllocator allocator, DataType type, int keys, int rows) {
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows; from += ROWS) {
            ColumnBuilder builder = new ColumnBuilder("k", type, allocator, ROWS);
            for (int i = 0; i < ROWS; i++) {
                int key = random.nextInt(keys);
                if (type.equals(AtomicType.BIGINT)) {
                    builder.appendLong(key);
                } else {
                    builder.appendText("customer-" + key + "-abcdefghijklmn".substring(0, 5 + key % 10));
                }
            }
            batches.add(Batch.of(List.of(builder.finish()), ROWS));
        }
        return batches;
    }

    private static long pass(RecordTable table, KeyEncoder encoder, List<Batch> batches, boolean update) {
        long[] addresses = new long[ROWS];
        int[] column = {0};
        long begin = THREADS.getCurrentThreadCpuTime();
        for (Batch batch : batches) {
            KeyBatch keys = encoder.encode(batch, column);
            if (update) {
                table.resolve(keys, addresses);
                update(addresses, keys.count());
            }
        }
        return THREADS.getCurrentThreadCpuTime() - begin;
    }

    private static void update(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            long at = addresses[i];
            Memory.putLong(at, Memory.getLong(at) + 1);
            Memory.putLong(at + 8, Memory.getLong(at + 8) + i);
            Memory.putLong(at + 16, Math.max(Memory.getLong(at + 16), i));
        }
    }

    private static void checkpoint(int keys) throws Exception {
        Path directory = Files.createTempDirectory("speed");
        try (BufferAllocator allocator = Allocators.root();
                CheckpointStore store = CheckpointStore.open(directory);
                KeyEncoder encoder = new KeyEncoder(allocator, List.of(AtomicType.BIGINT))) {
            JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
            List<Batch> batches = batches(allocator, AtomicType.BIGINT, keys, keys * 4);
            try (TaskState task = job.task(0, 1)) {
                RecordTable table =
                        task.operator("op").recordTable("t", RecordSpec.of(encoder.layout(), 24, StateBound.KEYS));
                for (int n = 1; n <= 3; n++) {
                    pass(table, encoder, batches, true);
                    long begin = System.nanoTime();
                    TaskSnapshot snapshot = task.freeze(n);
                    long frozen = System.nanoTime();
                    long cpu = THREADS.getCurrentThreadCpuTime();
                    store.write(n, job, List.of(snapshot), new byte[0]);
                    cpu = THREADS.getCurrentThreadCpuTime() - cpu;
                    long written = System.nanoTime();
                    snapshot.close();
                    task.completed(n);
                    System.out.printf(
                            Locale.ROOT,
                            "checkpoint %d of %d keys: freeze %.2f ms, write %d ms wall, %.0f ns thread CPU per key%n",
                            n,
                            table.size(),
                            (frozen - begin) / 1e6,
                            (written - frozen) / 1_000_000,
                            cpu / (double) table.size());
                }
            } finally {
                batches.forEach(Batch::close);
            }
            long begin = System.nanoTime();
            JobState restored = JobState.restored(MemoryBudget.unlimited(), store.restore(3));
            try (TaskState task = restored.task(0, 1)) {
                RecordTable table =
                        task.operator("op").recordTable("t", RecordSpec.of(encoder.layout(), 24, StateBound.KEYS));
                System.out.printf(
                        Locale.ROOT,
                        "restore of %d keys: %d ms%n",
                        table.size(),
                        (System.nanoTime() - begin) / 1_000_000);
            }
        } finally {
            Durable.deleteTree(directory);
        }
    }
}
