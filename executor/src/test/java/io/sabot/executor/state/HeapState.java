package io.sabot.executor.state;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link StateStore} of heap models, for tests of operators. Knows no checkpoints. */
public final class HeapState implements StateStore, AutoCloseable {
    private final KeyGroups.Range range = KeyGroups.Range.all(KeyGroups.DEFAULT_COUNT);
    private final Map<String, AutoCloseable> tables = new LinkedHashMap<>();
    private final Map<String, Cell> cells = new HashMap<>();

    private <T extends AutoCloseable> T add(String name, T table) {
        if (tables.put(name, table) != null) {
            throw new IllegalStateException("asked twice for " + name);
        }
        return table;
    }

    @Override
    public RecordTable recordTable(String name, RecordSpec spec) {
        return add(name, new HeapRecordTable(name, spec, range));
    }

    @Override
    public SlicedRecordTable slicedTable(String name, RecordSpec spec) {
        return add(name, new Slices(name, spec, range));
    }

    @Override
    public OrderedTable orderedTable(String name, OrderedSpec spec) {
        return add(name, new HeapOrdered(name, spec));
    }

    @Override
    public RowLog rowLog(String name, RowLogSpec spec) {
        return add(name, new HeapLog(name, spec));
    }

    @Override
    public LongCell cell(String name, long initial, LongCell.Merge merge) {
        return cells.computeIfAbsent(name, n -> new Cell(initial));
    }

    @Override
    public KeyGroups.Range keyGroups() {
        return range;
    }

    /** Entries in all tables, to see that state is bounded. */
    public long size() {
        long size = 0;
        for (AutoCloseable table : tables.values()) {
            size += table instanceof RecordTable records
                    ? records.size()
                    : table instanceof SlicedRecordTable slices
                            ? slices.size()
                            : table instanceof OrderedTable ordered ? ordered.size() : ((RowLog) table).size();
        }
        return size;
    }

    @Override
    public void close() {
        for (AutoCloseable table : tables.values()) {
            try {
                table.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        tables.clear();
    }

    private static final class Cell implements LongCell {
        private long value;

        Cell(long value) {
            this.value = value;
        }

        @Override
        public long get() {
            return value;
        }

        @Override
        public void set(long newValue) {
            value = newValue;
        }
    }

    private static final class Slices implements SlicedRecordTable {
        private final String name;
        private final RecordSpec spec;
        private final KeyGroups.Range range;
        private final TreeMap<Long, HeapRecordTable> slices = new TreeMap<>();

        Slices(String name, RecordSpec spec, KeyGroups.Range range) {
            this.name = name;
            this.spec = spec;
            this.range = range;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public RecordSpec spec() {
            return spec;
        }

        @Override
        public RecordTable slice(long sliceEnd) {
            return slices.computeIfAbsent(sliceEnd, end -> new HeapRecordTable(name, spec, range));
        }

        @Override
        public @Nullable RecordTable sliceIfPresent(long sliceEnd) {
            return slices.get(sliceEnd);
        }

        @Override
        public long firstEnd() {
            return slices.isEmpty() ? NONE : slices.firstKey();
        }

        @Override
        public long nextEnd(long sliceEnd) {
            Long next = slices.higherKey(sliceEnd);
            return next == null ? NONE : next;
        }

        @Override
        public int sliceCount() {
            return slices.size();
        }

        @Override
        public long size() {
            return slices.values().stream().mapToLong(RecordTable::size).sum();
        }

        @Override
        public void drop(long sliceEnd) {
            HeapRecordTable slice = slices.remove(sliceEnd);
            if (slice != null) {
                slice.close();
            }
        }

        @Override
        public void dropUpTo(long sliceEnd) {
            while (firstEnd() <= sliceEnd && !slices.isEmpty()) {
                drop(firstEnd());
            }
        }

        @Override
        public void close() {
            slices.values().forEach(HeapRecordTable::close);
            slices.clear();
        }
    }
}
