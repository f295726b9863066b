package io.sabot.connectors.arrow;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.RowCompletion;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.ScanFilter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Record batches behind a schema, with a foot or as a stream. */
final class ArrowFiles implements FileFormat {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Reader reader(
            Path file,
            Schema physical,
            List<ScanColumn> columns,
            ScanFilter filter,
            Options options,
            ConnectorContext context)
            throws IOException, BadRecord {
        ArrowReader reader = open(file, context.allocator());
        try {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            List<ArrowColumn> sources = new ArrayList<>();
            for (ScanColumn column : columns) {
                sources.add(ArrowColumn.of(root.getSchema(), (ScanColumn.Physical) column, reader));
            }
            return new BatchReader(reader, sources, new RowCompletion(physical, columns));
        } catch (FieldProblem problem) {
            reader.close();
            throw new BadRecord(0, problem.column(), String.valueOf(problem.getMessage()));
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw unreadable(e);
        }
    }

    private static ArrowReader open(Path file, BufferAllocator allocator) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        ByteBuffer head = ByteBuffer.allocate(MAGIC.length);
        channel.read(head, 0);
        if (Arrays.equals(head.array(), MAGIC)) {
            return new ArrowFileReader(channel, allocator);
        }
        channel.close();
        return new ArrowStreamReader(new BufferedInputStream(Files.newInputStream(file), 1 << 16), allocator);
    }

    private static IOException unreadable(Exception e) {
        return new IOException("not an Arrow file, or one with what is not supported: " + e.getMessage(), e);
    }

    @Override
    public Writer writer(OutputStream target, Schema schema, Options options, ConnectorContext context)
            throws IOException {
        return new BatchWriter(target, schema, options, context.allocator());
    }

    private static final class BatchReader implements Reader {
        private final ArrowReader reader;
        private final List<ArrowColumn> columns;
        private final RowCompletion completion;
        private int next;
        private int rowCount;
        private long row;

        BatchReader(ArrowReader reader, List<ArrowColumn> columns, RowCompletion completion) {
            this.reader = reader;
            this.columns = columns;
            this.completion = completion;
        }

        @Override
        public int read(BatchBuilder rows, int max) throws IOException, BadRecord {
            if (next == rowCount && !nextBatch()) {
                return 0;
            }
            ColumnBuilder[] targets = completion.targets(rows, 0);
            int count = Math.min(max, rowCount - next);
            int base = targets.length == 0 ? 0 : targets[0].rowCount();
            for (int i = 0; i < count; i++) {
                try {
                    for (int column = 0; column < targets.length; column++) {
                        columns.get(column).copy(next + i, targets[column]);
                    }
                    completion.complete(targets, base + i);
                } catch (FieldProblem problem) {
                    throw new BadRecord((int) row + i, problem.column(), String.valueOf(problem.getMessage()));
                }
            }
            next += count;
            row += count;
            return count;
        }

        private boolean nextBatch() throws IOException {
            next = 0;
            rowCount = 0;
            try {
                while (rowCount == 0 && reader.loadNextBatch()) {
                    VectorSchemaRoot root = reader.getVectorSchemaRoot();
                    rowCount = root.getRowCount();
                    check(root);
                    columns.forEach(column -> column.bind(root.getFieldVectors()));
                }
            } catch (OutOfMemoryException e) {
                throw e;
            } catch (RuntimeException e) {
                throw unreadable(e);
            }
            return rowCount > 0;
        }

        /** Believes nothing that the file says about where values are. */
        private void check(VectorSchemaRoot root) throws IOException {
            if (rowCount < 0) {
                throw new IOException("damaged: a batch has " + rowCount + " rows");
            }
            for (FieldVector vector : root.getFieldVectors()) {
                ArrowBounds.check(vector, rowCount);
            }
            for (Dictionary dictionary : reader.getDictionaryVectors().values()) {
                ArrowBounds.check(dictionary.getVector(), dictionary.getVector().getValueCount());
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static final class BatchWriter implements Writer {
        private final VectorSchemaRoot root;
        private final ArrowWriter writer;
        private final VectorLoader loader;

        BatchWriter(OutputStream target, Schema schema, Options options, BufferAllocator allocator) throws IOException {
            List<org.apache.arrow.vector.types.pojo.Field> fields = new ArrayList<>();
            for (Field field : schema.fields()) {
                fields.add(Storage.arrowField(field.name(), field.type()));
            }
            root = VectorSchemaRoot.create(new org.apache.arrow.vector.types.pojo.Schema(fields), allocator);
            WritableByteChannel channel = Channels.newChannel(target);
            DictionaryProvider none = new DictionaryProvider.MapDictionaryProvider();
            writer = options.choice(ArrowFormatFactory.LAYOUT).equals("stream")
                    ? new ArrowStreamWriter(root, none, channel)
                    : new ArrowFileWriter(root, none, channel);
            loader = new VectorLoader(root);
            writer.start();
        }

        @Override
        public void write(Batch batch) throws IOException {
            List<FieldVector> vectors = new ArrayList<>();
            for (int i = 0; i < batch.columnCount(); i++) {
                vectors.add(batch.vector(i));
            }
            // Not closed: the vectors stay with the batch
            @SuppressWarnings("resource")
            VectorSchemaRoot rows = new VectorSchemaRoot(vectors);
            rows.setRowCount(batch.rowCount());
            try (ArrowRecordBatch record = new VectorUnloader(rows).getRecordBatch()) {
                loader.load(record);
            }
            writer.writeBatch();
            root.clear();
        }

        @Override
        public void finish() throws IOException {
            writer.end();
        }

        @Override
        public void close() {
            root.close();
        }
    }
}
