package io.sabot.executor.storage;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes rows into the engine's own tables; they become visible at commits. */
final class StoredTableSinkFactory implements SinkFactory {
    private final StoredTables tables;

    StoredTableSinkFactory(StoredTables tables) {
        this.tables = tables;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return StoredTableSourceFactory.DESCRIPTOR;
    }

    @Override
    public Sink create(SinkSpec sink, ConnectorContext context) {
        return new TableSink(
                tables.get(sink.table().name()), context.jobName(), context.operatorName(), sink.overwrite());
    }

    private static final class TableSink implements Sink {
        private final StoredTable table;
        private final String writer;
        private final boolean overwrite;

        TableSink(StoredTable table, String job, String operator, boolean overwrite) {
            this.table = table;
            this.writer = job + "/" + operator + "/" + table.definition().name();
            this.overwrite = overwrite;
        }

        @Override
        public boolean acceptsUpdates() {
            return !table.isAppendOnly();
        }

        /** A table without a key finds the row that goes by what is in it. */
        @Override
        public boolean wantsBeforeImages() {
            return table.definition().primaryKey().isEmpty();
        }

        @Override
        public SinkWriter writer(int taskIndex, ConnectorContext context) {
            return new Writer(table, context);
        }

        @Override
        public void commit(long checkpoint, List<byte[]> prepared) {
            if (overwrite) {
                table.replace(writer, checkpoint, prepared);
            } else if (!prepared.isEmpty()) {
                table.commit(writer, checkpoint, prepared);
            }
        }

        @Override
        public void close() {
            // The table belongs to the engine.
        }
    }

    private static final class Writer implements SinkWriter {
        private final RowCodec codec;
        private final boolean hasTime;
        private final List<Batch> rows = new ArrayList<>();
        private long watermark = Watermark.START;
        private boolean idle;

        Writer(StoredTable table, ConnectorContext context) {
            this.codec = new RowCodec(table.schema(), context.allocator());
            this.hasTime = table.hasTime();
        }

        @Override
        public void watermark(long millis) {
            watermark = millis;
        }

        @Override
        public void idle(boolean isIdle) {
            idle = isIdle;
        }

        @Override
        public void write(Batch batch) {
            rows.add(batch.retain());
        }

        /** Where time is kept each task tells its own each time, so that the least of them is known. */
        @Override
        public Optional<byte[]> prepare(long checkpoint) {
            if (rows.isEmpty() && !hasTime) {
                return Optional.empty();
            }
            byte[] bytes = hasTime ? codec.encode(rows, new LogMark(watermark, idle)) : codec.encode(rows);
            close();
            return Optional.of(bytes);
        }

        @Override
        public void close() {
            rows.forEach(Batch::close);
            rows.clear();
        }
    }
}
