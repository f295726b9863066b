package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Memory;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final RecordSpec SPEC = RecordSpec.of(KeyLayout.fixed(8), 8, StateBound.KEYS);

    @TempDir
    Path directory;

    @Test
    void randomJobsOverTheHeapMapAgreeWithTheirModels() {
        fuzz(1, 8, 250, HeapPageMap::open);
    }

    @Test
    void randomJobsOverRocksAgreeWithTheirModels() {
        fuzz(100, 3, 150, RocksPageMap::open);
    }

    private void fuzz(long firstSeed, int seeds, int steps, PageMap.Opener opener) {
        int checkpoints = 0;
        int crashes = 0;
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            try (BufferAllocator allocator = Allocators.root();
                    StateFuzz fuzz = new StateFuzz(seed, allocator, directory.resolve("job" + seed), opener)) {
                fuzz.run(steps);
                checkpoints += fuzz.checkpoints;
                crashes += fuzz.crashes;
            }
        }
        assertThat(checkpoints).isGreaterThan(seeds * 5);
        assertThat(crashes).isGreaterThan(seeds * 2);
    }

    private static void put(BufferAllocator allocator, RecordTable table, int key, long value) {
        try (KeyBatch keys = new KeyBatch(allocator, SPEC.keys())) {
            RecordTableContract.append(keys, new byte[] {0, (byte) key, 0, 0, 0, 0, 0, 0, 0});
            long[] addresses = new long[1];
            table.resolve(keys, addresses);
            Memory.putLong(addresses[0], value);
        }
    }

    private long write(CheckpointStore store, JobState job, TaskState task, long number) {
        try (TaskSnapshot snapshot = task.freeze(number)) {
            store.write(number, job, List.of(snapshot), new byte[] {7});
            task.completed(number);
            return snapshot.dirtyPages().size();
        }
    }

    @Test
    void aCheckpointHoldsWhatChangedSinceTheLast() {
        try (BufferAllocator allocator = Allocators.root();
                CheckpointStore store = CheckpointStore.open(directory)) {
            JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
            try (TaskState task = job.task(0, 1)) {
                RecordTable a = task.operator("op").recordTable("a", SPEC);
                task.operator("op").recordTable("b", SPEC);
                put(allocator, a, 1, 11);
                assertThat(write(store, job, task, 1)).isEqualTo(2);
                assertThat(write(store, job, task, 2)).isZero();
                put(allocator, a, 1, 12);
                assertThat(write(store, job, task, 3)).isEqualTo(1);
                assertThat(store.numbers()).containsExactly(2L, 3L);
                store.keepFrom(3);
                assertThat(store.numbers()).containsExactly(3L);
            }
        }
    }

    @Test
    void anOlderCheckpointCanBeChosenAndRemovesLaterOnes() {
        try (BufferAllocator allocator = Allocators.root();
                CheckpointStore store = CheckpointStore.open(directory)) {
            JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
            try (TaskState task = job.task(0, 1)) {
                RecordTable a = task.operator("op").recordTable("a", SPEC);
                put(allocator, a, 1, 11);
                write(store, job, task, 1);
                put(allocator, a, 2, 22);
                write(store, job, task, 2);
            }
            RestoredCheckpoint restored = store.restore(1);
            assertThat(restored.metadata()).containsExactly(7);
            assertThat(store.numbers()).containsExactly(1L);
            try (TaskState task =
                    JobState.restored(MemoryBudget.unlimited(), restored).task(0, 1)) {
                assertThat(task.operator("op").recordTable("a", SPEC).size()).isEqualTo(1);
            }
        }
    }

    @Test
    void anotherShapeIsRefusedByName() {
        try (CheckpointStore store = CheckpointStore.open(directory, HeapPageMap::open)) {
            JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
            try (TaskState task = job.task(0, 1)) {
                task.operator("op").recordTable("a", SPEC);
                write(store, job, task, 1);
            }
            JobState restored = JobState.restored(MemoryBudget.unlimited(), store.restore(1));
            assertThat(restored.unclaimedTables()).containsExactly("op/a");
            try (TaskState task = restored.task(0, 1)) {
                assertThatThrownBy(() -> task.operator("op").recordTable("a", SPEC.withTail()))
                        .isInstanceOfSatisfying(SabotException.class, e -> {
                            assertThat(e.sqlState()).isEqualTo("55000");
                            assertThat(e.what()).contains("op/a");
                        });
            }
        }
    }

    @Test
    void aDamagedPageIsNoticed() throws IOException {
        try (BufferAllocator allocator = Allocators.root();
                CheckpointStore store = CheckpointStore.open(directory, HeapPageMap::open)) {
            JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
            try (TaskState task = job.task(0, 1)) {
                put(allocator, task.operator("op").recordTable("a", SPEC), 1, 0x1122334455667788L);
                write(store, job, task, 1);
            }
            Path file = directory.resolve("checkpoints/1/pages");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 8] ^= 1;
            Files.write(file, bytes);
            try (TaskState task = JobState.restored(MemoryBudget.unlimited(), store.restore(1))
                    .task(0, 1)) {
                assertThatThrownBy(() -> task.operator("op").recordTable("a", SPEC))
                        .isInstanceOfSatisfying(
                                SabotException.class,
                                e -> assertThat(e.sqlState()).isEqualTo("58030"));
            }
        }
    }

    @Test
    void whatACrashLeftHalfWrittenIsNoCheckpoint() throws IOException {
        Files.createDirectories(directory.resolve("checkpoints/5.tmp/db"));
        Files.createDirectories(directory.resolve("checkpoints/6"));
        try (CheckpointStore store = CheckpointStore.open(directory)) {
            assertThat(store.numbers()).isEmpty();
            assertThat(directory.resolve("checkpoints")).isEmptyDirectory();
        }
    }

    @Test
    void rocksTakesOverWhatTheHeapMapWrote() {
        try (BufferAllocator allocator = Allocators.root()) {
            try (CheckpointStore store = CheckpointStore.open(directory, HeapPageMap::open)) {
                JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
                try (TaskState task = job.task(0, 1)) {
                    put(allocator, task.operator("op").recordTable("a", SPEC), 1, 11);
                    write(store, job, task, 1);
                }
            }
            try (CheckpointStore store = CheckpointStore.open(directory, RocksPageMap::open)) {
                JobState job = JobState.restored(MemoryBudget.unlimited(), store.restore(1));
                try (TaskState task = job.task(0, 1)) {
                    RecordTable a = task.operator("op").recordTable("a", SPEC);
                    assertThat(a.size()).isEqualTo(1);
                    assertThat(write(store, job, task, 2)).isZero();
                }
            }
        }
    }

    @Test
    void aWriterReadsWhileTheTaskGoesOn() throws InterruptedException {
        try (BufferAllocator allocator = Allocators.root();
                CheckpointStore store = CheckpointStore.open(directory, HeapPageMap::open);
                KeyBatch keys = new KeyBatch(allocator, SPEC.keys())) {
            long[] addresses = new long[5000];
            JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
            long value = 0;
            long frozenValue = 0;
            try (TaskState task = job.task(0, 1)) {
                RecordTable table = task.operator("op").recordTable("a", SPEC);
                appendLongs(keys, 5000);
                for (long number = 1; number <= 10; number++) {
                    set(table, keys, addresses, ++value);
                    frozenValue = value;
                    long checkpoint = number;
                    try (TaskSnapshot snapshot = task.freeze(number)) {
                        Thread writer = new Thread(() -> store.write(checkpoint, job, List.of(snapshot), new byte[0]));
                        writer.start();
                        do {
                            set(table, keys, addresses, ++value);
                        } while (writer.isAlive());
                        writer.join();
                    }
                    task.completed(number);
                }
            }
            try (TaskState task = JobState.restored(MemoryBudget.unlimited(), store.restore(10))
                    .task(0, 1)) {
                RecordTable table = task.operator("op").recordTable("a", SPEC);
                table.find(keys, addresses);
                for (long address : addresses) {
                    assertThat(Memory.getLong(address)).isEqualTo(frozenValue);
                }
            }
        }
    }

    private static void appendLongs(KeyBatch keys, int count) {
        long key = Memory.allocate(16);
        Memory.putByte(key, (byte) 0);
        for (int i = 0; i < count; i++) {
            Memory.putLong(key + 1, i);
            keys.append(key, 9);
        }
        Memory.free(key);
    }

    private static void set(RecordTable table, KeyBatch keys, long[] addresses, long value) {
        table.resolve(keys, addresses);
        for (long address : addresses) {
            Memory.putLong(address, value);
        }
    }

    /** Keys of tables such as (group, value) lie in the group's key group, not in that of their own hash. */
    @Test
    void keysMovedToAnotherGroupAreFoundAfterRescaling() {
        try (BufferAllocator allocator = Allocators.root();
                CheckpointStore store = CheckpointStore.open(directory, HeapPageMap::open);
                KeyBatch keys = new KeyBatch(allocator, SPEC.keys());
                KeyBatch owners = new KeyBatch(allocator, SPEC.keys());
                KeyBatch scanned = new KeyBatch(allocator, SPEC.keys())) {
            appendLongs(keys, 1000);
            appendLongs(owners, 1);
            for (int i = 1; i < 1000; i++) {
                owners.append(owners.address(0), 9);
            }
            keys.moveToGroupsOf(owners, 128);
            long[] addresses = new long[1000];
            JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
            try (TaskState task = job.task(0, 1)) {
                RecordTable table = task.operator("op").recordTable("a", SPEC);
                set(table, keys, addresses, 5);
                write(store, job, task, 1);
            }
            JobState restored = JobState.restored(MemoryBudget.unlimited(), store.restore(1));
            int owner = KeyGroups.taskOf(KeyGroups.of(owners.hash(0), 128), 128, 3);
            for (int i = 0; i < 3; i++) {
                try (TaskState task = restored.task(i, 3)) {
                    RecordTable table = task.operator("op").recordTable("a", SPEC);
                    assertThat(table.size()).isEqualTo(i == owner ? 1000 : 0);
                    if (i == owner) {
                        table.find(keys, addresses);
                        assertThat(addresses).doesNotContain(0);
                        try (RecordCursor cursor = table.scan()) {
                            assertThat(cursor.next(scanned, addresses)).isEqualTo(1000);
                        }
                        assertThat(table.remove(scanned)).isEqualTo(1000);
                    }
                }
            }
        }
    }

    /** Each restore at another parallelism must not multiply pages. */
    @Test
    void rescalingForthAndBackKeepsThePagesDisjoint() {
        try (BufferAllocator allocator = Allocators.root();
                CheckpointStore store = CheckpointStore.open(directory, HeapPageMap::open)) {
            JobState job = JobState.empty(MemoryBudget.unlimited(), 128);
            try (TaskState task = job.task(0, 1)) {
                RecordTable a = task.operator("op").recordTable("a", SPEC);
                for (int i = 0; i < 100; i++) {
                    put(allocator, a, i, i);
                }
                write(store, job, task, 1);
            }
            long number = 1;
            for (int parallelism : new int[] {3, 1, 4, 2, 7, 1}) {
                JobState next = JobState.restored(MemoryBudget.unlimited(), store.restore(number));
                number++;
                long sum = 0;
                List<TaskState> tasks = java.util.stream.IntStream.range(0, parallelism)
                        .mapToObj(i -> next.task(i, parallelism))
                        .toList();
                for (TaskState task : tasks) {
                    sum += task.operator("op").recordTable("a", SPEC).size();
                }
                assertThat(sum).isEqualTo(100);
                long checkpoint = number;
                List<TaskSnapshot> snapshots =
                        tasks.stream().map(task -> task.freeze(checkpoint)).toList();
                store.write(checkpoint, next, snapshots, new byte[0]);
                snapshots.forEach(TaskSnapshot::close);
                tasks.forEach(TaskState::close);
            }
        }
    }
}
