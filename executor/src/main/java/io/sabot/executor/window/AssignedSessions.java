package io.sabot.executor.window;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyLayout;
import java.util.List;

/** Keeps the rows of sessions and puts them out with the bounds of their session behind them, when it leaves. */
final class AssignedSessions implements SessionContent {
    private final Schema output;
    private final List<WindowColumn> bounds;
    private final ZoneShift zone;
    private final OperatorContext context;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final int[] columns;
    private final SessionRows rows;

    /** @param output columns of the input, then the bounds */
    AssignedSessions(
            Schema output, List<WindowColumn> bounds, KeyLayout keys, ZoneShift zone, OperatorContext context) {
        this.output = output;
        this.bounds = bounds;
        this.zone = zone;
        this.context = context;
        this.columns = new int[output.size() - bounds.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = c;
        }
        List<DataType> types = output.fields().subList(0, columns.length).stream()
                .map(Field::type)
                .toList();
        this.encoder = context.own(KeyEncoder.ofRows(context.allocator(), types));
        this.decoder = new KeyDecoder(types);
        this.rows = new SessionRows(keys, context);
    }

    @Override
    public void merge(KeyBatch keys, int key, long start, long sequence, long newStart, long newSequence) {
        rows.move(keys, key, start, sequence, newStart, newSequence);
    }

    @Override
    public void add(
            Batch batch, KeyBatch keys, int from, int to, Stretches stretches, long[] starts, long[] sequences) {
        rows.add(batch, keys, encoder.encode(batch, columns), from, to, stretches, starts, sequences);
    }

    @Override
    public void write(Fired fired, Output out) {
        try (Rows written = new Rows(out)) {
            for (int i = 0; i < fired.count(); i++) {
                long start = fired.starts()[i];
                long end = fired.ends()[i];
                rows.drain(
                        fired.keys(),
                        fired.keyOf()[i],
                        start,
                        fired.sequences()[i],
                        (row, length, sign) -> written.add(row, length, sign, start, end));
            }
            written.flush();
        }
    }

    /** Rows on their way out. */
    private final class Rows implements AutoCloseable {
        private final Output out;
        private BatchBuilder builder;
        private List<ColumnBuilder> builders;

        Rows(Output out) {
            this.out = out;
            this.builder = new BatchBuilder(output, context.allocator(), context.batchRows());
            this.builders = builder.columns();
        }

        void add(long row, int length, int sign, long start, long end) {
            decoder.decode(row, length, builders, 0);
            for (int c = 0; c < bounds.size(); c++) {
                builders.get(columns.length + c).appendLong(bounds.get(c).of(start, end, zone));
            }
            builder.endRow(sign < 0 ? RowKind.DELETE.code() : RowKind.INSERT.code());
            if (builder.rowCount() >= context.batchRows()) {
                flush();
                builder = new BatchBuilder(output, context.allocator(), context.batchRows());
                builders = builder.columns();
            }
        }

        void flush() {
            out.emit(builder.finish());
        }

        @Override
        public void close() {
            builder.close();
        }
    }
}
