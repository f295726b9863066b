package io.sabot.connectors.avro;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.RowCompletion;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.ScanFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;

/** Avro's container files: a head with the schema, then blocks of records. */
final class AvroFiles implements FileFormat {
    private static final int MARK_BYTES = 16;

    @Override
    public Reader reader(
            Path file,
            Schema physical,
            List<ScanColumn> columns,
            ScanFilter filter,
            Options options,
            ConnectorContext context)
            throws IOException, BadRecord {
        DataFileReader<Object> blocks;
        try {
            blocks = new DataFileReader<>(file.toFile(), new GenericDatumReader<>());
        } catch (AvroRuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
        try {
            checkEnd(file, blocks.previousSync());
            AvroRowReader rows = new AvroRowReader(blocks.getSchema(), Wanted.trees(physical, columns));
            return new BlockReader(blocks, rows, new RowCompletion(physical, columns), context);
        } catch (FieldProblem problem) {
            blocks.close();
            throw new BadRecord(0, problem.column(), String.valueOf(problem.getMessage()));
        } catch (IOException e) {
            blocks.close();
            throw e;
        }
    }

    /** Avro's library takes a block that is cut off for the end of the file. The head and every block end with a mark. */
    private static void checkEnd(Path file, long headEnd) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer ofHead = ByteBuffer.allocate(MARK_BYTES);
            ByteBuffer last = ByteBuffer.allocate(MARK_BYTES);
            channel.read(ofHead, headEnd - MARK_BYTES);
            channel.read(last, channel.size() - MARK_BYTES);
            if (!Arrays.equals(ofHead.array(), last.array())) {
                throw new IOException("the file ends in the middle of a block");
            }
        }
    }

    @Override
    public Writer writer(OutputStream target, Schema schema, Options options, ConnectorContext context)
            throws IOException {
        return new BlockWriter(target, schema, options);
    }

    private static final class BlockReader implements Reader {
        private static final int PADDING_BYTES = 64;

        private final DataFileReader<Object> blocks;
        private final AvroRowReader rows;
        private final RowCompletion completion;
        private ArrowBuf block;
        private final ConnectorContext context;
        private long at;
        private long end;
        private long left;
        private long record;

        BlockReader(
                DataFileReader<Object> blocks, AvroRowReader rows, RowCompletion completion, ConnectorContext context) {
            this.blocks = blocks;
            this.rows = rows;
            this.completion = completion;
            this.context = context;
            this.block = context.allocator().buffer(1 << 16);
        }

        @Override
        public int read(BatchBuilder builder, int max) throws IOException, BadRecord {
            ColumnBuilder[] targets = completion.targets(builder, 0);
            int count = 0;
            while (count < max && (left > 0 || nextBlock())) {
                int row = targets.length == 0 ? 0 : targets[0].rowCount();
                try {
                    at = rows.readOne(at, end - at, targets);
                    completion.complete(targets, row);
                } catch (FieldProblem problem) {
                    throw new BadRecord((int) record, problem.column(), String.valueOf(problem.getMessage()));
                }
                left--;
                record++;
                count++;
            }
            return count;
        }

        private boolean nextBlock() throws IOException {
            try {
                while (left == 0 && blocks.hasNext()) {
                    ByteBuffer bytes = blocks.nextBlock();
                    left = blocks.getBlockCount();
                    take(bytes);
                }
                return left > 0;
            } catch (AvroRuntimeException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        private void take(ByteBuffer bytes) {
            int length = bytes.remaining();
            if (length + PADDING_BYTES > block.capacity()) {
                block.close();
                block = context.allocator().buffer(length + PADDING_BYTES);
            }
            at = block.memoryAddress();
            end = at + length;
            Memory.copy(bytes.array(), bytes.arrayOffset() + bytes.position(), at, length);
        }

        @Override
        public void close() throws IOException {
            block.close();
            blocks.close();
        }
    }

    private static final class BlockWriter implements Writer {
        private final DataFileWriter<Object> file;
        private final AvroEncoder encoder;
        private final EncodedRecords records = new EncodedRecords();

        BlockWriter(OutputStream target, Schema schema, Options options) throws IOException {
            this.encoder = new AvroEncoder(schema, new byte[0]);
            this.file = new DataFileWriter<>(new GenericDatumWriter<>());
            file.setCodec(CodecFactory.fromString(options.choice(AvroFormatFactory.CODEC)));
            file.create(AvroSchemas.of(schema, AvroFormatFactory.legacyTimestamps(options)), target);
        }

        @Override
        public void write(Batch batch) throws IOException {
            records.clear();
            encoder.encode(batch, records);
            for (int i = 0; i < records.count(); i++) {
                file.appendEncoded(
                        ByteBuffer.wrap(records.bytes(), records.start(i), records.end(i) - records.start(i)));
            }
        }

        @Override
        public void finish() throws IOException {
            file.close();
        }

        @Override
        public void close() {
            encoder.close();
        }
    }
}
