package io.sabot.connectors.parquet;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.ColumnTree;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Writes a file: rows are kept as packed pages until a row group is full. */
final class ParquetWriter implements FileFormat.Writer {
    private static final String CREATED_BY = "Sabot";

    private final OutputStream target;
    private final MessageType schema;
    private final List<ColumnTree> columns;
    private final MessageColumnIO columnIo;
    private final ParquetProperties properties;
    private final CompressionCodec codec;
    private final long groupBytes;
    private final List<RowGroup> groups = new ArrayList<>();
    private long offset;
    private long rowCount;
    private @Nullable Group group;

    /** A row group being written. */
    private record Group(PageBuffers pages, ColumnWriteStore store, RecordConsumer rows, long firstRow) {}

    ParquetWriter(OutputStream target, Schema schema, Options options) throws IOException {
        this.target = target;
        this.schema = ParquetSchemas.of(schema);
        this.columns = ColumnTree.of(schema);
        this.columnIo = new ColumnIOFactory(CREATED_BY).getColumnIO(this.schema);
        this.codec = CompressionCodec.valueOf(options.choice(ParquetFormatFactory.COMPRESSION));
        this.groupBytes = options.bytes(ParquetFormatFactory.BLOCK_SIZE);
        this.properties = ParquetProperties.builder()
                .withPageSize(Math.toIntExact(options.bytes(ParquetFormatFactory.PAGE_SIZE)))
                .build();
        put(ParquetInput.MAGIC);
    }

    private void put(byte[] bytes) throws IOException {
        target.write(bytes);
        offset += bytes.length;
    }

    private Group group() {
        Group open = group;
        if (open == null) {
            PageBuffers pages = new PageBuffers(codec);
            ColumnWriteStore store = properties.newColumnWriteStore(schema, pages);
            open = new Group(pages, store, columnIo.getRecordWriter(store), rowCount);
            group = open;
        }
        return open;
    }

    @Override
    public void write(Batch batch) throws IOException {
        ColumnTree.bind(columns, batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            Group open = group();
            open.rows.startMessage();
            writeFields(columns, row, open.rows);
            open.rows.endMessage();
            rowCount++;
        }
        Group open = group();
        if (open.store.getBufferedSize() >= groupBytes) {
            endGroup(open);
        }
    }

    private void endGroup(Group open) throws IOException {
        open.rows.flush();
        open.store.flush();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        groups.add(open.pages.write(schema, bytes, offset, rowCount - open.firstRow));
        put(bytes.toByteArray());
        open.store.close();
        open.pages.close();
        group = null;
    }

    private static void writeFields(List<ColumnTree> fields, int row, RecordConsumer to) {
        for (int i = 0; i < fields.size(); i++) {
            ColumnTree field = fields.get(i);
            if (!field.isNull(row)) {
                to.startField(field.name(), i);
                write(field, row, to);
                to.endField(field.name(), i);
            }
        }
    }

    private static void write(ColumnTree value, int row, RecordConsumer to) {
        if (value.type() instanceof AtomicType atomic) {
            writeAtomic(atomic, value, row, to);
            return;
        }
        to.startGroup();
        if (value.type() instanceof RowType) {
            writeFields(value.children(), row, to);
        } else if (value.end(row) > value.start(row)) {
            String repeated = value.type() instanceof ArrayType ? "list" : "key_value";
            to.startField(repeated, 0);
            for (int i = value.start(row); i < value.end(row); i++) {
                to.startGroup();
                writeFields(value.children(), i, to);
                to.endGroup();
            }
            to.endField(repeated, 0);
        }
        to.endGroup();
    }

    private static void writeAtomic(AtomicType type, ColumnTree value, int row, RecordConsumer to) {
        switch (type.kind()) {
            case BOOLEAN -> to.addBoolean(value.column().getBoolean(row));
            case TINYINT, SMALLINT, INT, DATE, TIME -> to.addInteger((int) value.number(row));
            case BIGINT, TIMESTAMP, TIMESTAMP_LTZ -> to.addLong(value.number(row));
            case FLOAT -> to.addFloat(Memory.getFloat(value.column().values() + ((long) row << 2)));
            case DOUBLE -> to.addDouble(Memory.getDouble(value.column().values() + ((long) row << 3)));
            case DECIMAL -> to.addBinary(Binary.fromConstantByteArray(decimal(type, value, row)));
            case CHAR, VARCHAR, BINARY, VARBINARY -> to.addBinary(Binary.fromConstantByteArray(value.bytes(row)));
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL -> throw new AssertionError(type);
        }
    }

    private static byte[] decimal(AtomicType type, ColumnTree value, int row) {
        byte[] digits = value.unscaled(row).toByteArray();
        byte[] fixed = new byte[ParquetSchemas.decimalBytes(type.precision())];
        int free = fixed.length - digits.length;
        Arrays.fill(fixed, 0, free, (byte) (digits[0] < 0 ? -1 : 0));
        System.arraycopy(digits, 0, fixed, free, digits.length);
        return fixed;
    }

    @Override
    public void finish() throws IOException {
        Group open = group;
        if (open != null) {
            endGroup(open);
        }
        FileMetaData foot = new FileMetaData(1, SchemaElements.write(schema), rowCount, groups);
        foot.setCreated_by(CREATED_BY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(foot, bytes);
        put(bytes.toByteArray());
        put(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.size())
                .array());
        put(ParquetInput.MAGIC);
    }

    @Override
    public void close() {
        Group open = group;
        if (open != null) {
            open.store.close();
            open.pages.close();
            group = null;
        }
    }
}
