package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.state.KeyDecoder;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Turns records and their keys into rows of an output batch: keys first. */
public final class RecordWriter implements AutoCloseable {
    private final Aggregation aggregation;
    private final KeyDecoder decoder;
    private final int keyCount;
    private final List<ColumnBuilder> columns;
    private final BatchBuilder builder;

    /** A writer of one batch. */
    public RecordWriter(
            Aggregation aggregation, List<DataType> keyTypes, Schema output, BufferAllocator allocator, int capacity) {
        this.aggregation = aggregation;
        this.decoder = new KeyDecoder(keyTypes);
        this.keyCount = keyTypes.size();
        this.builder = new BatchBuilder(output, allocator, capacity);
        this.columns = builder.columns();
    }

    /** Appends keys and results, without ending the rows. */
    public void writeResults(long[] records, Tails tails, long[] keys, int[] keyLengths, int count) {
        decoder.decode(keys, keyLengths, count, columns, 0);
        aggregation.writeResults(records, count, tails, builder, keyCount);
    }

    /** Appends keys, accumulators and the count of rows, without ending the rows. */
    public void writePartials(long[] records, Tails tails, long[] keys, int[] keyLengths, int count) {
        decoder.decode(keys, keyLengths, count, columns, 0);
        aggregation.writePartials(records, count, tails, builder, keyCount);
    }

    /** The batch as it is so far. */
    public BatchBuilder builder() {
        return builder;
    }

    @Override
    public void close() {
        builder.close();
    }
}
