package io.sabot.executor.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * The state of one task: all tables of the operators chained in it. The task's thread calls it; it lives as long as the job
 * takes checkpoints, also when the task has ended.
 */
public final class TaskState implements AutoCloseable {
    private final KeyGroups.Range range;
    private final PageStore store;
    private final TableIds ids;
    private final StoredPages stored;
    private final List<Cell.Saved> savedCells;
    private final Map<String, PagedTable> tables = new LinkedHashMap<>();
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final TreeMap<Long, Long> frozen = new TreeMap<>();
    private long completedGeneration;
    private boolean closed;

    TaskState(KeyGroups.Range range, PageStore store, TableIds ids, StoredPages stored, List<Cell.Saved> savedCells) {
        this.range = range;
        this.store = store;
        this.ids = ids;
        this.stored = stored;
        this.savedCells = savedCells;
    }

    /** Key groups of the task. */
    public KeyGroups.Range keyGroups() {
        return range;
    }

    /** The store of one operator: names of its tables begin with the operator's. */
    public StateStore operator(String operatorName) {
        return new OperatorStore(operatorName + "/");
    }

    /** Bytes of all pages and blocks, also those kept for snapshots only. */
    public long stateBytes() {
        return store.pool().bytesInUse();
    }

    /** Tells how many entries the tables of each operator have. */
    public void sizes(ObjLongConsumer<String> receiver) {
        tables.forEach((name, table) -> receiver.accept(name.substring(0, name.indexOf('/')), table.size()));
    }

    /**
     * Freezes all tables for a checkpoint: called at the barrier, takes time for the directories and copies no page.
     *
     * @return what {@link CheckpointStore#write} takes; the caller closes it, on any thread
     */
    public TaskSnapshot freeze(long checkpoint) {
        long generation = store.freeze();
        List<PagedTable.Frozen> pages = new ArrayList<>(tables.size());
        tables.values().forEach(table -> pages.add(table.freezePages()));
        List<Cell.Saved> saved = new ArrayList<>();
        cells.forEach((name, cell) -> saved.add(cell.save(name, range)));
        frozen.put(checkpoint, generation);
        return new TaskSnapshot(
                checkpoint,
                pages,
                completedGeneration,
                store.beginCheckpoint(generation),
                saved,
                () -> store.thaw(generation));
    }

    /**
     * Says that a checkpoint is complete on disk, so that the next one holds only what changed after it. Must be called
     * before the next {@link #freeze}, or that one repeats what this one had. A failed checkpoint is never reported.
     */
    public void completed(long checkpoint) {
        Long generation = frozen.get(checkpoint);
        if (generation == null) {
            throw new IllegalArgumentException("checkpoint " + checkpoint + " was not begun here");
        }
        completedGeneration = generation;
        store.endCheckpoint(generation);
        frozen.headMap(checkpoint, true).clear();
    }

    /** Frees all tables. Snapshots that are still open stay valid until they are closed. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tables.values().forEach(PagedTable::close);
            tables.clear();
            store.close();
        }
    }

    private <T extends PagedTable> T add(String name, T table) {
        tables.put(name, table);
        table.restore(stored);
        return table;
    }

    /** Hands out the tables of one operator. */
    private final class OperatorStore implements StateStore {
        private final String prefix;

        OperatorStore(String prefix) {
            this.prefix = prefix;
        }

        private String fullName(String name) {
            String fullName = prefix + name;
            if (tables.containsKey(fullName) || cells.containsKey(fullName)) {
                throw new IllegalArgumentException("state '" + fullName + "' was asked for twice");
            }
            return fullName;
        }

        private static String shape(String kind, KeyLayout keys, int fixedBytes, boolean hasTail) {
            String key = keys.isFixed() ? "keys of " + (1 + keys.bodyBytes()) + " bytes" : "keys of any length";
            return kind + " with " + key + ", " + fixedBytes + " bytes" + (hasTail ? " and a tail" : "");
        }

        @Override
        public RecordTable recordTable(String name, RecordSpec spec) {
            String full = fullName(name);
            int id = ids.claim(full, shape("records", spec.keys(), spec.fixedBytes(), spec.hasTail()));
            return add(
                    full, new PagedRecordTable(full, spec, new SlotLayout(spec), store, range, StoredKeys.ofTable(id)));
        }

        @Override
        public SlicedRecordTable slicedTable(String name, RecordSpec spec) {
            String full = fullName(name);
            int id = ids.claim(full, shape("slices of records", spec.keys(), spec.fixedBytes(), spec.hasTail()));
            return add(full, new PagedSlicedTable(full, id, spec, store, range));
        }

        @Override
        public OrderedTable orderedTable(String name, OrderedSpec spec) {
            String full = fullName(name);
            int id = ids.claim(full, shape("ordered entries", spec.partitions(), spec.fixedBytes(), false));
            return add(full, new PagedOrderedTable(full, id, spec, store, range));
        }

        @Override
        public RowLog rowLog(String name, RowLogSpec spec) {
            String full = fullName(name);
            int id = ids.claim(full, "a row log with " + spec.fixedBytes() + " bytes");
            return add(full, new PagedRowLog(full, id, spec, store, range));
        }

        @Override
        public LongCell cell(String name, long initial, LongCell.Merge merge) {
            String full = fullName(name);
            List<Cell.Saved> saved = savedCells.stream()
                    .filter(cell -> cell.name().equals(full) && cell.merge() == merge)
                    .toList();
            Cell cell = new Cell(merge, Cell.restore(saved, merge, initial, range));
            cells.put(full, cell);
            return cell;
        }

        @Override
        public KeyGroups.Range keyGroups() {
            return range;
        }
    }
}
