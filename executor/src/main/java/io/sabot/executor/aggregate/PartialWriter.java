package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import java.util.List;

/** Puts out what a local phase has collected: keys, accumulators and a signed count of rows, a batch at a time. */
public final class PartialWriter {
    private final Aggregation aggregation;
    private final List<DataType> keyTypes;
    private final Schema output;
    private final OperatorContext context;
    private final long[] records = new long[Batch.DEFAULT_ROWS];
    private final long[] keyAddresses = new long[Batch.DEFAULT_ROWS];
    private final int[] keyLengths = new int[Batch.DEFAULT_ROWS];

    public PartialWriter(Aggregation aggregation, List<DataType> keyTypes, Schema output, OperatorContext context) {
        this.aggregation = aggregation;
        this.keyTypes = keyTypes;
        this.output = output;
        this.context = context;
    }

    /** Fills in columns behind the count, and ends the rows. */
    public interface RowEnd {
        /** For rows that have all other columns. */
        void end(BatchBuilder builder, int rows);
    }

    /** Puts out all groups, which stay in the table. */
    public void write(LocalTable table, RowEnd rowEnd, long lateBefore, Output to) {
        int batchRows = Math.min(context.batchRows(), records.length);
        int from = 0;
        while (from < table.size()) {
            int count = Math.min(batchRows, table.list(from, records, keyAddresses, keyLengths));
            from += count;
            try (RecordWriter writer = new RecordWriter(aggregation, keyTypes, output, context.allocator(), count)) {
                writer.writePartials(records, table, keyAddresses, keyLengths, count);
                rowEnd.end(writer.builder(), count);
                to.emit(writer.builder().finish(lateBefore));
            }
        }
    }
}
