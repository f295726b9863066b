package io.sabot.executor.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** State of an operator in several tasks that can stop at a checkpoint and go on at another parallelism, all in memory. */
public final class RestartableState implements AutoCloseable {
    private final HeapPageMap pages = new HeapPageMap();
    private final List<TaskState> tasks = new ArrayList<>();
    private final List<Counted> stores = new ArrayList<>();
    private JobState job = JobState.empty(MemoryBudget.unlimited(), KeyGroups.DEFAULT_COUNT);
    private long checkpoint;

    /** State of tasks that begin with nothing. */
    public RestartableState(int parallelism) {
        open(parallelism);
    }

    private void open(int parallelism) {
        for (int i = 0; i < parallelism; i++) {
            tasks.add(job.task(i, parallelism));
            stores.add(new Counted(tasks.get(i).operator("tested")));
        }
    }

    /** Number of tasks. */
    public int parallelism() {
        return tasks.size();
    }

    /** The store of the operator in a task. */
    public StateStore store(int task) {
        return stores.get(task);
    }

    /** The task that owns a key. */
    public int taskOf(long hash) {
        return KeyGroups.taskOf(KeyGroups.of(hash, KeyGroups.DEFAULT_COUNT), KeyGroups.DEFAULT_COUNT, tasks.size());
    }

    /** Entries in all tables. */
    public long size() {
        return stores.stream().mapToLong(Counted::size).sum();
    }

    /** Takes a checkpoint, forgets everything in memory, and goes on from the checkpoint. */
    public void restart(int parallelism) {
        checkpoint++;
        List<TaskSnapshot> snapshots =
                tasks.stream().map(task -> task.freeze(checkpoint)).toList();
        List<Cell.Saved> cells = new ArrayList<>();
        snapshots.forEach(snapshot -> cells.addAll(snapshot.cells()));
        save(snapshots);
        CheckpointMetadata metadata = new CheckpointMetadata(
                checkpoint, KeyGroups.DEFAULT_COUNT, job.ids().all(), cells, new byte[0]);
        snapshots.forEach(TaskSnapshot::close);
        closeTasks();
        job = JobState.restored(
                MemoryBudget.unlimited(), new RestoredCheckpoint(CheckpointMetadata.of(metadata.toBytes()), pages));
        open(parallelism);
    }

    private void save(List<TaskSnapshot> snapshots) {
        PageWriter writer = new PageWriter();
        TreeMap<byte[], PageMap.Change> changes = new TreeMap<>(Arrays::compareUnsigned);
        snapshots.forEach(snapshot ->
                snapshot.deletedKeys().forEach(key -> changes.put(key, new PageMap.Change(key, null))));
        for (TaskSnapshot snapshot : snapshots) {
            for (DirtyPage page : snapshot.dirtyPages()) {
                changes.put(page.key(), new PageMap.Change(page.key(), page.encode(writer)));
            }
        }
        pages.apply(checkpoint, changes.values().iterator());
    }

    private void closeTasks() {
        tasks.forEach(TaskState::close);
        tasks.clear();
        stores.clear();
    }

    @Override
    public void close() {
        closeTasks();
        pages.close();
    }

    /** Remembers what was handed out, to count it. */
    private static final class Counted implements StateStore {
        private final StateStore store;
        private final List<RecordTable> records = new ArrayList<>();
        private final List<SlicedRecordTable> slices = new ArrayList<>();
        private final List<OrderedTable> ordered = new ArrayList<>();
        private final List<RowLog> logs = new ArrayList<>();

        Counted(StateStore store) {
            this.store = store;
        }

        private static <T> T add(List<T> list, T table) {
            list.add(table);
            return table;
        }

        long size() {
            return records.stream().mapToLong(RecordTable::size).sum()
                    + slices.stream().mapToLong(SlicedRecordTable::size).sum()
                    + ordered.stream().mapToLong(OrderedTable::size).sum()
                    + logs.stream().mapToLong(RowLog::size).sum();
        }

        @Override
        public RecordTable recordTable(String name, RecordSpec spec) {
            return add(records, store.recordTable(name, spec));
        }

        @Override
        public SlicedRecordTable slicedTable(String name, RecordSpec spec) {
            return add(slices, store.slicedTable(name, spec));
        }

        @Override
        public OrderedTable orderedTable(String name, OrderedSpec spec) {
            return add(ordered, store.orderedTable(name, spec));
        }

        @Override
        public RowLog rowLog(String name, RowLogSpec spec) {
            return add(logs, store.rowLog(name, spec));
        }

        @Override
        public LongCell cell(String name, long initial, LongCell.Merge merge) {
            return store.cell(name, initial, merge);
        }

        @Override
        public KeyGroups.Range keyGroups() {
            return store.keyGroups();
        }
    }
}
