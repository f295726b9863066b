package io.sabot.executor.rank;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** The rows of a batch as tables want them: partition keys, sort keys and bytes of whole rows. */
public final class RowEncoders implements AutoCloseable {
    private final RankSpec spec;
    private final int[] partitionColumns;
    private final int[] allColumns;
    private final KeyEncoder partitionEncoder;
    private final KeyEncoder rowEncoder;
    private final SortKeyEncoder sortKeys;
    private KeyBatch partitions;
    private KeyBatch rows;

    public RowEncoders(RankSpec spec, BufferAllocator allocator) {
        this.spec = spec;
        this.partitionColumns = spec.partitionColumns();
        this.allColumns = IntStream.range(0, spec.input().size()).toArray();
        this.partitionEncoder = new KeyEncoder(allocator, spec.partitionTypes());
        this.rowEncoder = KeyEncoder.ofRowBytes(allocator, spec.rowTypes());
        this.sortKeys = new SortKeyEncoder(spec.input(), spec.order(), allocator);
        this.partitions = new KeyBatch(allocator, partitionEncoder.layout());
        this.rows = new KeyBatch(allocator, rowEncoder.layout());
    }

    public KeyLayout partitionLayout() {
        return partitionEncoder.layout();
    }

    /** Encodes all rows of a batch. */
    public void begin(Batch batch) {
        partitions(batch);
        rows = rowEncoder.encode(batch, allColumns);
    }

    /** Encodes the partition keys of a batch alone. */
    KeyBatch partitions(Batch batch) {
        partitions = partitionEncoder.encode(batch, partitionColumns);
        return partitions;
    }

    /** Encodes some rows of a batch, which {@link #rows} then numbers as the selection does. */
    void rows(Batch batch, Selection selection) {
        rows = rowEncoder.encode(batch, allColumns, selection);
    }

    /** Encodes the sort key of a row, which the accessors then show. */
    public void sortKey(Batch batch, int row) {
        sortKeys.encode(batch, row);
    }

    public long sortKeyAddress() {
        return sortKeys.address();
    }

    public int sortKeyLength() {
        return sortKeys.length();
    }

    public KeyBatch partitions() {
        return partitions;
    }

    public KeyBatch rows() {
        return rows;
    }

    /** Types of whole rows, for whoever decodes them. */
    List<DataType> rowTypes() {
        return spec.rowTypes();
    }

    @Override
    public void close() {
        partitionEncoder.close();
        rowEncoder.close();
        sortKeys.close();
    }
}
