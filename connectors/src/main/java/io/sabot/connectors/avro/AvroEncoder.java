package io.sabot.connectors.avro;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.ColumnTree;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.RecordEncoder;
import java.util.List;

/** Writes rows with the schema that {@link AvroSchemas} gives their columns. Kinds of rows are not written. */
final class AvroEncoder implements RecordEncoder {
    private final List<ColumnTree> columns;
    private final byte[] head;

    /** @param head bytes in front of each record */
    AvroEncoder(Schema schema, byte[] head) {
        this.columns = ColumnTree.of(schema);
        this.head = head.clone();
    }

    @Override
    public void encode(Batch batch, EncodedRecords target) {
        ColumnTree.bind(columns, batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            target.append(head);
            writeFields(columns, row, target);
            target.endRecord();
        }
    }

    private void writeFields(List<ColumnTree> fields, int row, EncodedRecords to) {
        for (ColumnTree field : fields) {
            write(field, row, to);
        }
    }

    private void write(ColumnTree value, int row, EncodedRecords to) {
        if (value.type().nullable()) {
            boolean isNull = value.isNull(row);
            number(isNull ? 0 : 1, to);
            if (isNull) {
                return;
            }
        }
        if (value.type() instanceof AtomicType atomic) {
            writeAtomic(atomic, value, row, to);
        } else if (value.type() instanceof RowType) {
            writeFields(value.children(), row, to);
        } else {
            writeElements(value, row, value.type() instanceof ArrayType, to);
        }
    }

    private void writeElements(ColumnTree value, int row, boolean isArray, EncodedRecords to) {
        int count = value.end(row) - value.start(row);
        if (count > 0) {
            number(count, to);
            for (int i = value.start(row); i < value.end(row); i++) {
                if (isArray) {
                    write(value.children().get(0), i, to);
                } else {
                    bytes(value.children().get(0).bytes(i), to);
                    write(value.children().get(1), i, to);
                }
            }
        }
        number(0, to);
    }

    private void writeAtomic(AtomicType type, ColumnTree value, int row, EncodedRecords to) {
        switch (type.kind()) {
            case BOOLEAN -> put(value.column().getBoolean(row) ? 1 : 0, 1, to);
            case TINYINT, SMALLINT, INT, BIGINT, DATE, TIME, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                number(value.number(row), to);
            case TIMESTAMP, TIMESTAMP_LTZ -> {
                assert Storage.unitsPerMilli(type.precision()) <= 1000;
                number(value.number(row), to);
            }
            case FLOAT -> put(Memory.getInt(value.column().values() + ((long) row << 2)), 4, to);
            case DOUBLE -> put(Memory.getLong(value.column().values() + ((long) row << 3)), 8, to);
            case DECIMAL -> bytes(value.unscaled(row).toByteArray(), to);
            case CHAR, VARCHAR, BINARY, VARBINARY -> bytes(value.bytes(row), to);
            case NULL -> {}
        }
    }

    private static void number(long value, EncodedRecords to) {
        long left = value << 1 ^ value >> 63;
        int at = to.length();
        byte[] bytes = to.ensure(10);
        while ((left & ~0x7FL) != 0) {
            bytes[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[at++] = (byte) left;
        to.setLength(at);
    }

    private static void bytes(byte[] bytes, EncodedRecords to) {
        number(bytes.length, to);
        to.append(bytes);
    }

    /** Little-endian. */
    private static void put(long value, int width, EncodedRecords to) {
        int at = to.length();
        byte[] bytes = to.ensure(width);
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
        to.setLength(at + width);
    }

    @Override
    public void close() {}
}
