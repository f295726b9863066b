package io.sabot.executor.join;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Puts rows of a left batch side by side with right rows given by address. Left columns are copied column by column. */
final class LookupWriter {
    private final JoinSpec spec;
    private final BufferAllocator allocator;
    private final KeyDecoder decoder;
    private final KeyBatch nullRow;
    private int[] rows = new int[256];
    private long[] addresses = new long[256];
    private int[] lengths = new int[256];
    private int count;

    LookupWriter(JoinSpec spec, OperatorContext context) {
        this.spec = spec;
        this.allocator = context.allocator();
        List<DataType> types = JoinSpec.types(spec.right());
        this.decoder = new KeyDecoder(types);
        KeyEncoder nullEncoder = context.own(KeyEncoder.ofRows(allocator, types));
        this.nullRow = nullRow(nullEncoder, spec.right());
    }

    private KeyBatch nullRow(KeyEncoder encoder, Schema schema) {
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, 1)) {
            int[] columns = IntStream.range(0, schema.size()).toArray();
            for (int column : columns) {
                builder.column(column).appendNull();
            }
            builder.endRow();
            try (Batch batch = builder.finish()) {
                return encoder.encode(batch, columns);
            }
        }
    }

    /** Number of pairs. */
    int count() {
        return count;
    }

    /** Left row of a pair. */
    int row(int pair) {
        return rows[pair];
    }

    /** Right row of a pair. */
    long address(int pair) {
        return addresses[pair];
    }

    int length(int pair) {
        return lengths[pair];
    }

    void clear() {
        count = 0;
    }

    void add(int row, long address, int length) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, count * 2);
            addresses = Arrays.copyOf(addresses, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        rows[count] = row;
        addresses[count] = address;
        lengths[count++] = length;
    }

    /** Keeps only these pairs, which are in ascending order. Returns how many. */
    int keep(Selection pairs) {
        for (int i = 0; i < pairs.count(); i++) {
            int pair = pairs.indices()[i];
            rows[i] = rows[pair];
            addresses[i] = addresses[pair];
            lengths[i] = lengths[pair];
        }
        count = pairs.count();
        return count;
    }

    /** Adds a left row with NULLs. */
    void addAlone(int row) {
        add(row, nullRow.address(0), nullRow.length(0));
    }

    /** The pairs as a batch that belongs to the caller; they stay as they are. */
    Batch batch(Batch left) {
        Selection selection = new Selection(rows, count);
        List<FieldVector> vectors = new ArrayList<>(left.columnCount() + decoder.columnCount());
        ArrowBuf kinds = null;
        try {
            for (int c = 0; c < left.columnCount(); c++) {
                vectors.add(Gather.take(left.vector(c), selection, allocator));
            }
            addRight(vectors);
            kinds = left.takeKinds(selection, allocator);
            return new Batch(vectors, count, kinds, left.lateBefore());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            if (kinds != null) {
                kinds.close();
            }
            throw e;
        }
    }

    private void addRight(List<FieldVector> vectors) {
        try (BatchBuilder builder = new BatchBuilder(spec.right(), allocator, count)) {
            List<ColumnBuilder> columns = builder.columns();
            decoder.decode(addresses, lengths, count, columns, 0);
            columns.forEach(column -> vectors.add(column.finish()));
        }
    }
}
