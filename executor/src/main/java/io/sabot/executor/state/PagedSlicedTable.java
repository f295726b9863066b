package io.sabot.executor.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@link SlicedRecordTable}: a sorted map from slice end to hash pages, all in one store. */
final class PagedSlicedTable implements SlicedRecordTable, PagedTable {
    private final String name;
    private final int tableId;
    private final RecordSpec spec;
    private final SlotLayout layout;
    private final PageStore store;
    private final KeyGroups.Range range;
    private final TreeMap<Long, PagedRecordTable> slices = new TreeMap<>();
    private @Nullable PagedRecordTable latest;
    private long latestEnd;

    PagedSlicedTable(String name, int tableId, RecordSpec spec, PageStore store, KeyGroups.Range range) {
        this.name = name;
        this.tableId = tableId;
        this.spec = spec;
        this.layout = new SlotLayout(spec);
        this.store = store;
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
        PagedRecordTable table = sliceIfPresent(sliceEnd);
        if (table == null) {
            if (sliceEnd == NONE) {
                throw new IllegalArgumentException("no slice ends at " + sliceEnd);
            }
            table = addSlice(sliceEnd);
        }
        return table;
    }

    private PagedRecordTable addSlice(long sliceEnd) {
        PagedRecordTable table =
                new PagedRecordTable(name, spec, layout, store, range, StoredKeys.ofSlice(tableId, sliceEnd));
        slices.put(sliceEnd, table);
        latest = table;
        latestEnd = sliceEnd;
        return table;
    }

    @Override
    public @Nullable PagedRecordTable sliceIfPresent(long sliceEnd) {
        if (latest != null && latestEnd == sliceEnd) {
            return latest;
        }
        PagedRecordTable table = slices.get(sliceEnd);
        if (table != null) {
            latest = table;
            latestEnd = sliceEnd;
        }
        return table;
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
        long sum = 0;
        for (PagedRecordTable table : slices.values()) {
            sum += table.size();
        }
        return sum;
    }

    @Override
    public void drop(long sliceEnd) {
        PagedRecordTable table = slices.remove(sliceEnd);
        if (table != null) {
            forget();
            table.drop();
        }
    }

    @Override
    public void dropUpTo(long sliceEnd) {
        while (!slices.isEmpty() && slices.firstKey() <= sliceEnd) {
            Map.Entry<Long, PagedRecordTable> first = slices.pollFirstEntry();
            forget();
            first.getValue().drop();
        }
    }

    @Override
    public Frozen freezePages() {
        List<Frozen> frozen = new ArrayList<>(slices.size());
        slices.values().forEach(table -> frozen.add(table.freezePages()));
        return (afterGeneration, pages) -> frozen.forEach(slice -> slice.addDirtyPages(afterGeneration, pages));
    }

    @Override
    public void restore(StoredPages pages) {
        TreeSet<Long> ends = new TreeSet<>();
        StoredKeys keys = StoredKeys.ofTable(tableId);
        pages.scan(keys.first(), keys.end(), false, (key, value) -> ends.add(StoredKeys.sliceEnd(key)));
        for (long end : ends) {
            addSlice(end).restore(pages);
        }
    }

    private void forget() {
        latest = null;
    }

    @Override
    public void close() {
        forget();
        slices.values().forEach(PagedRecordTable::close);
        slices.clear();
    }
}
