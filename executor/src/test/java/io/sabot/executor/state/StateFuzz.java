package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.batch.Memory;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A job with one table of each layout at changing parallelism, against maps on the heap: random changes, checkpoints whose
 * writing overlaps with changes, fails or is cut off, crashes, restores at another parallelism.
 */
final class StateFuzz implements AutoCloseable {
    private static final KeyLayout LONG = KeyLayout.fixed(8);

    private final Random random;
    private final String label;
    private final Path directory;
    private final PageMap.Opener opener;
    private final MemoryBudget budget = MemoryBudget.unlimited();
    private final KeyBatch keys;
    private final KeyBatch texts;
    private final long scratch = Memory.allocate(8192);
    private final TreeMap<Long, Model> saved = new TreeMap<>();
    private Model model = new Model();
    private CheckpointStore store;
    private JobState job;
    private List<Task> tasks = new ArrayList<>();
    private boolean failing;
    private long nextCheckpoint = 1;
    private int keySpace;
    int checkpoints;
    int crashes;

    StateFuzz(long seed, BufferAllocator allocator, Path directory, PageMap.Opener opener) {
        this.random = new Random(seed);
        this.label = "seed " + seed;
        this.directory = directory;
        this.opener = (live, from) -> new FailingPageMap(opener.open(live, from));
        this.keys = new KeyBatch(allocator, LONG);
        this.texts = new KeyBatch(allocator, KeyLayout.VARIABLE);
        this.keySpace = 200 + random.nextInt(3000);
        this.store = CheckpointStore.open(directory, this.opener);
        this.job = JobState.empty(budget, 128);
        start();
    }

    private void start() {
        int parallelism = 1 + random.nextInt(4);
        for (int i = 0; i < parallelism; i++) {
            tasks.add(new Task(job.task(i, parallelism)));
        }
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            int choice = random.nextInt(100);
            if (choice < 88) {
                change();
            } else if (choice < 96) {
                checkpoint();
            } else if (choice < 98) {
                crash();
            } else {
                compare();
            }
            if (random.nextInt(60) == 0) {
                keySpace = 200 + random.nextInt(3000);
            }
        }
        crash();
        assertThat(job.unclaimedTables()).isEmpty();
    }

    // ---- changes

    private void change() {
        switch (random.nextInt(6)) {
            case 0, 1 -> changeCounts();
            case 2 -> changeTexts();
            case 3 -> changeSlices();
            case 4 -> changeSides();
            default -> changeLog();
        }
        Task task = tasks.get(random.nextInt(tasks.size()));
        task.rows.set(task.rows.get() + 1);
        model.rows++;
        task.watermark.set(task.watermark.get() + random.nextInt(3));
    }

    private boolean removing() {
        return random.nextInt(3) == 0;
    }

    private void changeCounts() {
        for (Task task : tasks) {
            fill(task, 100);
            long[] addresses = new long[keys.count()];
            if (removing()) {
                task.counts.remove(keys);
                for (int i = 0; i < keys.count(); i++) {
                    model.counts.remove(HeapKey.of(keys, i));
                }
            } else {
                task.counts.resolve(keys, addresses);
                for (int i = 0; i < keys.count(); i++) {
                    long value = random.nextLong();
                    Memory.putLong(addresses[i] + 88, value);
                    model.counts.put(HeapKey.of(keys, i), value);
                }
            }
        }
    }

    /** Random keys that belong to a task. */
    private void fill(Task task, int count) {
        keys.clear();
        for (int i = 0; i < count; i++) {
            HeapKey key = longKey(random.nextInt(keySpace));
            if (task.state.keyGroups().contains(key.hash())) {
                RecordTableContract.append(keys, key.bytes());
            }
        }
    }

    private static HeapKey longKey(long value) {
        return HeapKey.of(ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(1, value)
                .array());
    }

    private void changeTexts() {
        for (Task task : tasks) {
            texts.clear();
            for (int i = 0; i < 40; i++) {
                HeapKey key = RecordTableContract.randomKey(random, KeyLayout.VARIABLE, keySpace);
                if (task.state.keyGroups().contains(key.hash())) {
                    RecordTableContract.append(texts, key.bytes());
                }
            }
            long[] addresses = new long[texts.count()];
            if (removing()) {
                task.texts.remove(texts);
                for (int i = 0; i < texts.count(); i++) {
                    model.texts.remove(HeapKey.of(texts, i));
                }
            } else {
                task.texts.resolve(texts, addresses);
                for (int i = 0; i < texts.count(); i++) {
                    RecordTableContract.writeRandom(
                            random, task.texts, addresses[i], model.texts, HeapKey.of(texts, i));
                }
            }
        }
    }

    private void changeSlices() {
        long end = model.sliceBase + random.nextInt(5);
        if (random.nextInt(6) == 0) {
            for (Task task : tasks) {
                task.slices.dropUpTo(model.sliceBase);
            }
            model.slices.headMap(model.sliceBase, true).clear();
            model.sliceBase++;
            return;
        }
        for (Task task : tasks) {
            fill(task, 30);
            if (keys.count() > 0) {
                long[] addresses = new long[keys.count()];
                task.slices.slice(end).resolve(keys, addresses);
                for (int i = 0; i < keys.count(); i++) {
                    long value = random.nextLong();
                    Memory.putLong(addresses[i], value);
                    model.slices.computeIfAbsent(end, e -> new TreeMap<>()).put(HeapKey.of(keys, i), value);
                }
            }
        }
    }

    private void changeSides() {
        boolean removing = removing();
        for (Task task : tasks) {
            fill(task, 60);
            for (int i = 0; i < keys.count(); i++) {
                // few keys have most rows, so that one key fills several leaves
                int hot = random.nextInt(4) == 0 ? i : 0;
                byte[] order = new byte[random.nextInt(30)];
                new Random(random.nextInt(50)).nextBytes(order);
                long sequence = random.nextInt(2);
                Memory.copy(order, 0, scratch, order.length);
                String name = HeapKey.of(keys, hot) + java.util.Arrays.toString(order) + sequence;
                if (removing) {
                    boolean removed = task.sides.remove(keys, hot, scratch, order.length, sequence);
                    assertThat(removed).as(label).isEqualTo(model.sides.remove(name) != null);
                } else {
                    int rowLength = random.nextInt(random.nextInt(30) == 0 ? 2000 : 50);
                    boolean isNew = !model.sides.containsKey(name);
                    long address = task.sides.resolve(keys, hot, scratch, order.length, sequence, scratch, rowLength);
                    long value = random.nextLong();
                    Memory.putLong(address, value);
                    if (isNew) {
                        Memory.putLong(address + 8, rowLength);
                    }
                    model.sides.put(name, value + " " + Memory.getLong(address + 8));
                }
            }
        }
    }

    private void changeLog() {
        for (Task task : tasks) {
            if (random.nextInt(5) == 0) {
                model.logBound += random.nextInt(20);
                for (Task each : tasks) {
                    each.log.expireBefore(model.logBound);
                }
            }
            fill(task, 40);
            for (int i = 0; i < keys.count(); i++) {
                long time = model.logBound + random.nextInt(40);
                int length = random.nextInt(random.nextInt(30) == 0 ? 1500 : 50);
                long id = task.log.append(keys, i, time, scratch, length);
                long value = random.nextLong();
                Memory.putLong(task.log.writable(id), value);
                model.log.add(new Model.LogRow(time, HeapKey.of(keys, i) + " " + length + " " + value));
            }
        }
        model.log.removeIf(row -> row.time() < model.logBound);
    }

    // ---- checkpoints and crashes

    private void checkpoint() {
        long number = nextCheckpoint++;
        Model frozen = model.copy();
        List<TaskSnapshot> snapshots = new ArrayList<>();
        for (Task task : tasks) {
            snapshots.add(task.state.freeze(number));
            frozen.watermark = Math.min(frozen.watermark, task.watermark.get());
        }
        // the writer is slow: the job goes on meanwhile
        for (int i = random.nextInt(6); i > 0; i--) {
            change();
        }
        failing = random.nextInt(5) == 0;
        boolean complete = true;
        try {
            store.write(number, job, snapshots, ("job " + number).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            saved.put(number, frozen);
            checkpoints++;
        } catch (SabotException e) {
            assertThat(failing).as(label).isTrue();
            complete = false;
        } finally {
            failing = false;
            snapshots.forEach(TaskSnapshot::close);
        }
        if (complete) {
            tasks.forEach(task -> task.state.completed(number));
        }
        if (random.nextInt(8) == 0) {
            crash();
        }
    }

    private void crash() {
        crashes++;
        tasks.forEach(Task::close);
        tasks = new ArrayList<>();
        assertThat(budget.usedBytes()).as(label).isZero();
        store.close();
        store = CheckpointStore.open(directory, opener);
        List<Long> numbers = store.numbers();
        if (numbers.isEmpty()) {
            model = new Model();
            job = JobState.empty(budget, 128);
        } else {
            boolean fallBack = numbers.size() > 1 && random.nextInt(4) == 0;
            long number = numbers.get(numbers.size() - (fallBack ? 2 : 1));
            RestoredCheckpoint restored = store.restore(number);
            assertThat(new String(restored.metadata(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("job " + number);
            saved.tailMap(number, false).clear();
            Model found = saved.get(number);
            assertThat(found).as(label).isNotNull();
            model = found == null ? new Model() : found.copy();
            job = JobState.restored(budget, restored);
            nextCheckpoint = number + 1;
        }
        start();
        if (!numbers.isEmpty()) {
            long smallest =
                    tasks.stream().mapToLong(task -> task.watermark.get()).min().orElseThrow();
            assertThat(smallest).as(label).isEqualTo(model.watermark);
        }
        model.watermark = Long.MAX_VALUE;
        compare();
    }

    private void compare() {
        TreeMap<HeapKey, Object> counts = new TreeMap<>();
        TreeMap<HeapKey, Object> contents = new TreeMap<>();
        TreeMap<Long, TreeMap<HeapKey, Long>> slices = new TreeMap<>();
        List<String> sides = new ArrayList<>();
        List<String> log = new ArrayList<>();
        long rows = 0;
        for (Task task : tasks) {
            counts.putAll(longs(task.counts, 88));
            contents.putAll(RecordTableContract.content(task.texts));
            for (long end = task.slices.firstEnd(); end != SlicedRecordTable.NONE; end = task.slices.nextEnd(end)) {
                Map<HeapKey, Long> slice = longs(task.slices.slice(end), 0);
                if (!slice.isEmpty()) {
                    slices.computeIfAbsent(end, e -> new TreeMap<>()).putAll(slice);
                }
            }
            OrderedCursor cursor = task.sides.cursor();
            cursor.seekAll();
            while (cursor.next()) {
                assertThat(cursor.rowLength()).as(label).isEqualTo((int) Memory.getLong(cursor.address() + 8));
                sides.add(new HeapKey(0, HeapKey.bytes(cursor.partitionAddress(), cursor.partitionLength()))
                        + java.util.Arrays.toString(HeapKey.bytes(cursor.orderKeyAddress(), cursor.orderKeyLength()))
                        + cursor.sequence()
                        + "=" + Memory.getLong(cursor.address()) + " " + cursor.rowLength());
            }
            RowLogCursor rowsOfLog = task.log.scan();
            while (rowsOfLog.next()) {
                long at = rowsOfLog.address();
                if (task.log.time(at) >= model.logBound) {
                    HeapKey key = new HeapKey(0, HeapKey.bytes(task.log.keyAddress(at), task.log.keyLength(at)));
                    log.add(task.log.time(at) + "=" + key + " " + task.log.rowLength(at) + " " + Memory.getLong(at));
                }
            }
            rows += task.rows.get();
        }
        assertThat(counts).as(label).isEqualTo(model.counts);
        assertThat(contents).as(label).isEqualTo(model.texts);
        assertThat(slices).as(label).isEqualTo(model.slices);
        assertThat(sides.stream().sorted().toList()).as(label).isEqualTo(model.sideTexts());
        assertThat(log.stream().sorted().toList()).as(label).isEqualTo(model.logTexts());
        assertThat(rows).as(label).isEqualTo(model.rows);
    }

    private static Map<HeapKey, Long> longs(RecordTable table, int offset) {
        TreeMap<HeapKey, Long> longs = new TreeMap<>();
        try (RecordCursor cursor = table.scan()) {
            while (cursor.next()) {
                longs.put(
                        HeapKey.of(HeapKey.bytes(cursor.keyAddress(), cursor.keyLength())),
                        Memory.getLong(cursor.recordAddress() + offset));
            }
        }
        assertThat(table.size()).isEqualTo(longs.size());
        return longs;
    }

    @Override
    public void close() {
        tasks.forEach(Task::close);
        store.close();
        keys.close();
        texts.close();
        Memory.free(scratch);
        assertThat(budget.usedBytes()).isZero();
    }

    /** The tables of one task. */
    private static final class Task implements AutoCloseable {
        final TaskState state;
        final RecordTable counts;
        final RecordTable texts;
        final SlicedRecordTable slices;
        final OrderedTable sides;
        final RowLog log;
        final LongCell rows;
        final LongCell watermark;

        Task(TaskState state) {
            this.state = state;
            StateStore aggregate = state.operator("aggregate");
            counts = aggregate.recordTable("counts", RecordSpec.of(LONG, 96, StateBound.KEYS));
            texts = aggregate.recordTable("texts", new RecordSpec(KeyLayout.VARIABLE, 16, true, StateBound.KEYS));
            slices = aggregate.slicedTable("slices", RecordSpec.of(LONG, 32, StateBound.WATERMARK));
            StateStore join = state.operator("join");
            sides = join.orderedTable("side", new OrderedSpec(LONG, 16, StateBound.NOTHING));
            log = join.rowLog("log", new RowLogSpec(8, StateBound.WATERMARK));
            rows = join.cell("rows", 0, LongCell.Merge.SUM);
            watermark = join.cell("watermark", 0, LongCell.Merge.MIN);
        }

        @Override
        public void close() {
            state.close();
        }
    }

    /** What the tables should hold. */
    private static final class Model {
        final TreeMap<HeapKey, Long> counts = new TreeMap<>();
        final TreeMap<HeapKey, String> texts = new TreeMap<>();
        final TreeMap<Long, TreeMap<HeapKey, Long>> slices = new TreeMap<>();
        final TreeMap<String, String> sides = new TreeMap<>();
        final List<LogRow> log = new ArrayList<>();
        long sliceBase = -3;
        long logBound;
        long rows;
        long watermark = Long.MAX_VALUE;

        Model copy() {
            Model copy = new Model();
            copy.counts.putAll(counts);
            copy.texts.putAll(texts);
            slices.forEach((end, slice) -> copy.slices.put(end, new TreeMap<>(slice)));
            copy.sides.putAll(sides);
            copy.log.addAll(log);
            copy.sliceBase = sliceBase;
            copy.logBound = logBound;
            copy.rows = rows;
            copy.watermark = watermark;
            return copy;
        }

        List<String> sideTexts() {
            return sides.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .sorted()
                    .toList();
        }

        List<String> logTexts() {
            return log.stream()
                    .map(row -> row.time() + "=" + row.text())
                    .sorted()
                    .toList();
        }

        record LogRow(long time, String text) {}
    }

    /** Fails before, or after the pages were changed. */
    private final class FailingPageMap implements PageMap {
        private final PageMap pages;

        FailingPageMap(PageMap pages) {
            this.pages = pages;
        }

        @Override
        public void scan(byte[] from, byte @Nullable [] to, boolean orPrevious, Reader reader) {
            pages.scan(from, to, orPrevious, reader);
        }

        @Override
        public void apply(long checkpoint, Iterator<Change> changes) throws IOException {
            failPerhaps();
            pages.apply(checkpoint, changes);
        }

        @Override
        public void saveTo(Path target) throws IOException {
            failPerhaps();
            pages.saveTo(target);
            failPerhaps();
        }

        private void failPerhaps() throws IOException {
            if (failing && random.nextInt(3) == 0) {
                throw new IOException("injected");
            }
        }

        @Override
        public void close() {
            pages.close();
        }
    }
}
