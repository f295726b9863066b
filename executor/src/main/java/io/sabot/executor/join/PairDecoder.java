package io.sabot.executor.join;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Turns pairs of rows, given as byte strings, into columns. A side that is not there is NULLs. */
final class PairDecoder {
    private final BufferAllocator allocator;
    private final KeyDecoder[] decoders;
    private final KeyBatch[] nullRows;
    private final int leftColumns;

    PairDecoder(JoinSpec spec, OperatorContext context) {
        this.allocator = context.allocator();
        this.decoders = new KeyDecoder[] {
            new KeyDecoder(JoinSpec.types(spec.left())), new KeyDecoder(JoinSpec.types(spec.right()))
        };
        this.nullRows = new KeyBatch[2];
        this.leftColumns = spec.left().size();
        for (int side = 0; side < 2; side++) {
            List<DataType> types = JoinSpec.types(spec.side(side));
            KeyEncoder encoder = context.own(KeyEncoder.ofRows(allocator, types));
            nullRows[side] = nullRow(encoder, spec.side(side));
        }
    }

    private KeyBatch nullRow(KeyEncoder encoder, Schema schema) {
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, 1)) {
            int[] columns = new int[schema.size()];
            for (int c = 0; c < columns.length; c++) {
                builder.column(c).appendNull();
                columns[c] = c;
            }
            builder.endRow();
            try (Batch batch = builder.finish()) {
                return encoder.encode(batch, columns);
            }
        }
    }

    /** Address of a row of NULLs. */
    long nullRow(int side) {
        return nullRows[side].address(0);
    }

    int nullRowLength(int side) {
        return nullRows[side].length(0);
    }

    /** Appends pairs to a builder of left and right columns, or their left rows alone; does not end the rows. */
    void decode(Pairs pairs, boolean both, BatchBuilder builder) {
        List<ColumnBuilder> columns = builder.columns();
        decoders[0].decode(pairs.addresses(0), pairs.lengths(0), pairs.count(), columns, 0);
        if (both) {
            decoders[1].decode(pairs.addresses(1), pairs.lengths(1), pairs.count(), columns, leftColumns);
        }
    }

    /** Appends those columns of pairs that have a builder, of left and right columns. */
    void decode(Pairs pairs, @Nullable ColumnBuilder[] builders) {
        decoders[0].decodeSome(pairs.addresses(0), pairs.lengths(0), pairs.count(), builders, 0);
        decoders[1].decodeSome(pairs.addresses(1), pairs.lengths(1), pairs.count(), builders, leftColumns);
    }

    /** Pairs of rows by address. */
    static final class Pairs {
        private final long[][] addresses = new long[2][256];
        private final int[][] lengths = new int[2][256];
        private int count;

        int count() {
            return count;
        }

        long[] addresses(int side) {
            return addresses[side];
        }

        int[] lengths(int side) {
            return lengths[side];
        }

        void clear() {
            count = 0;
        }

        /** Adds a pair of a row of {@code side} and one of the other side. */
        void add(int side, long row, int length, long otherRow, int otherLength) {
            if (count == addresses[0].length) {
                for (int s = 0; s < 2; s++) {
                    addresses[s] = Arrays.copyOf(addresses[s], count * 2);
                    lengths[s] = Arrays.copyOf(lengths[s], count * 2);
                }
            }
            addresses[side][count] = row;
            lengths[side][count] = length;
            addresses[1 - side][count] = otherRow;
            lengths[1 - side][count++] = otherLength;
        }
    }
}
