package io.sabot.executor.match;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.match.Run.Taken;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Aggregates over the rows that certain variables took, for many runs at once: a group aggregation by run. */
final class TermAggregates implements AutoCloseable {
    private static final DataType NUMBER = AtomicType.INT.withNullable(false);

    private final long variables;
    private final BufferAllocator allocator;
    private final List<DataType> featureTypes;
    private final KeyDecoder decoder;
    private final Arena scratch;
    private final List<AggregateSpec> specs = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private @Nullable Aggregation aggregation;
    private final io.sabot.executor.aggregate.Run updates = new io.sabot.executor.aggregate.Run();

    TermAggregates(long variables, List<DataType> featureTypes, BufferAllocator allocator) {
        this.variables = variables;
        this.featureTypes = featureTypes;
        this.allocator = allocator;
        this.decoder = new KeyDecoder(featureTypes);
        this.scratch = new Arena(allocator);
    }

    long variables() {
        return variables;
    }

    /** Adds an aggregate whose results go to a column. */
    void add(AggregateSpec spec, int column) {
        List<Integer> arguments =
                spec.arguments().stream().map(feature -> feature + 1).toList();
        specs.add(AggregateSpec.of(spec.function(), arguments, spec.argumentTypes(), spec.resultType()));
        columns.add(column);
    }

    /** Appends the results of each run to the columns that belong to the aggregates. */
    void append(List<TermRows.Asked> asked, BatchBuilder builder) {
        Aggregation made = aggregation;
        if (made == null) {
            made = Aggregation.ofRows(specs, false, allocator);
            aggregation = made;
        }
        try (KeyEncoder encoder = new KeyEncoder(allocator, List.of(NUMBER));
                LocalTable table = new LocalTable(allocator, encoder.layout(), made.recordBytes())) {
            long[] records = new long[asked.size()];
            table.resolve(numbers(asked.size(), encoder), records);
            try (Batch rows = rows(asked)) {
                updates.setRange(rows, 0, rows.rowCount());
                if (rows.rowCount() > 0) {
                    table.resolve(encoder.encode(rows, new int[] {0}), updates.records());
                    made.update(rows, updates, table);
                }
            }
            for (int i = 0; i < records.length; i++) {
                records[i] = table.record(i);
            }
            write(made, records, table, builder);
        }
    }

    private KeyBatch numbers(int count, KeyEncoder encoder) {
        try (BatchBuilder builder =
                new BatchBuilder(new Schema(List.of(new Field("number", NUMBER))), allocator, count)) {
            for (int i = 0; i < count; i++) {
                builder.column(0).appendInt(i);
                builder.endRow();
            }
            try (Batch batch = builder.finish()) {
                return encoder.encode(batch, new int[] {0});
            }
        }
    }

    /** A row for each row of each run: the number of the run, then the features. */
    private Batch rows(List<TermRows.Asked> asked) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("number", NUMBER));
        for (int f = 0; f < featureTypes.size(); f++) {
            fields.add(new Field("f" + f, featureTypes.get(f).withNullable(true)));
        }
        try (BatchBuilder builder = new BatchBuilder(new Schema(fields), allocator, asked.size())) {
            @Nullable ColumnBuilder[] features = new ColumnBuilder[featureTypes.size()];
            for (int f = 0; f < features.length; f++) {
                features[f] = builder.column(f + 1);
            }
            for (int i = 0; i < asked.size(); i++) {
                append(asked.get(i), i, builder, features);
            }
            return builder.finish();
        }
    }

    private void append(TermRows.Asked one, int number, BatchBuilder builder, @Nullable ColumnBuilder[] features) {
        List<Taken> rows = new ArrayList<>();
        for (Taken taken = one.last(); taken != null; taken = taken.before) {
            if (taken.isBy(variables)) {
                rows.add(taken);
            }
        }
        for (int r = rows.size() - 1; r >= 0; r--) {
            byte[] row = rows.get(r).event.row();
            scratch.clear();
            long position = scratch.reserve(row.length);
            long address = scratch.address(position);
            Memory.copy(row, 0, address, row.length);
            decoder.decode(address, row.length, features);
            builder.column(0).appendInt(number);
            builder.endRow();
        }
        if (one.ownRowIsBy(variables)) {
            decoder.decode(one.address(), one.length(), features);
            builder.column(0).appendInt(number);
            builder.endRow();
        }
    }

    /** Results come in one piece; their columns may lie apart. */
    private void write(Aggregation made, long[] records, LocalTable table, BatchBuilder builder) {
        for (int i = 0; i < columns.size(); i++) {
            made.writeResult(i, records, records.length, table, builder.column(columns.get(i)));
        }
    }

    @Override
    public void close() {
        scratch.close();
        Aggregation made = aggregation;
        if (made != null) {
            aggregation = null;
            made.close();
        }
    }
}
