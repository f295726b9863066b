package io.sabot.connectors.msgpack;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.ColumnTree;
import io.sabot.connectors.text.TimestampFormat;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * Writes each row as a map of its columns by name. Numbers, texts and byte strings are what they are, points in time the
 * timestamp extension, decimals, dates and times texts. Kinds of rows are not written.
 */
final class MsgPackEncoder implements RecordEncoder {
    private final List<ColumnTree> columns;

    MsgPackEncoder(Schema schema) {
        this.columns = ColumnTree.of(schema);
    }

    @Override
    public void encode(Batch batch, EncodedRecords target) {
        ColumnTree.bind(columns, batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            writeFields(columns, row, target);
            target.endRecord();
        }
    }

    private void writeFields(List<ColumnTree> fields, int row, EncodedRecords to) {
        head(fields.size(), 0x80, 16, 0xDE, to);
        for (ColumnTree field : fields) {
            text(field.name(), to);
            write(field, row, to);
        }
    }

    private void write(ColumnTree value, int row, EncodedRecords to) {
        if (value.isNull(row)) {
            put(MsgPackInput.NIL, 1, to);
        } else if (value.type() instanceof AtomicType atomic) {
            writeAtomic(atomic, value, row, to);
        } else if (value.type() instanceof RowType) {
            writeFields(value.children(), row, to);
        } else {
            boolean isArray = value.type() instanceof ArrayType;
            int count = value.end(row) - value.start(row);
            if (isArray) {
                head(count, 0x90, 16, 0xDC, to);
            } else {
                head(count, 0x80, 16, 0xDE, to);
            }
            for (int i = value.start(row); i < value.end(row); i++) {
                for (ColumnTree child : value.children()) {
                    write(child, i, to);
                }
            }
        }
    }

    private void writeAtomic(AtomicType type, ColumnTree value, int row, EncodedRecords to) {
        switch (type.kind()) {
            case BOOLEAN -> put(value.column().getBoolean(row) ? MsgPackInput.TRUE : MsgPackInput.FALSE, 1, to);
            case TINYINT, SMALLINT, INT, BIGINT, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                integer(value.number(row), to);
            case FLOAT -> {
                put(MsgPackInput.FLOAT32, 1, to);
                put(Memory.getInt(value.column().values() + ((long) row << 2)), 4, to);
            }
            case DOUBLE -> {
                put(MsgPackInput.FLOAT64, 1, to);
                put(Memory.getLong(value.column().values() + ((long) row << 3)), 8, to);
            }
            case DECIMAL -> text(value.decimal(row).toPlainString(), to);
            case CHAR, VARCHAR -> text(value.bytes(row), to);
            case BINARY, VARBINARY -> binary(value.bytes(row), to);
            case DATE -> text(LocalDate.ofEpochDay(value.number(row)).toString(), to);
            case TIME ->
                text(LocalTime.ofNanoOfDay(value.number(row) * 1_000_000).format(TimestampFormat.TIME), to);
            case TIMESTAMP, TIMESTAMP_LTZ ->
                timestamp(value.number(row), Storage.unitsPerMilli(type.precision()) * 1000, to);
            case NULL -> put(MsgPackInput.NIL, 1, to);
        }
    }

    private static void integer(long value, EncodedRecords to) {
        if (value >= -32 && value < 128) {
            put(value, 1, to);
        } else if (value == (byte) value) {
            put(0xD0, 1, to);
            put(value, 1, to);
        } else if (value == (short) value) {
            put(0xD1, 1, to);
            put(value, 2, to);
        } else if (value == (int) value) {
            put(0xD2, 1, to);
            put(value, 4, to);
        } else {
            put(0xD3, 1, to);
            put(value, 8, to);
        }
    }

    private static void timestamp(long units, long unitsPerSecond, EncodedRecords to) {
        long seconds = Math.floorDiv(units, unitsPerSecond);
        long nanos = Math.floorMod(units, unitsPerSecond) * (1_000_000_000L / unitsPerSecond);
        if (seconds >>> 34 == 0) {
            put(0xD7, 1, to);
            put(MsgPackValue.TIMESTAMP, 1, to);
            put(nanos << 34 | seconds, 8, to);
        } else {
            put(0xC7, 1, to);
            put(12, 1, to);
            put(MsgPackValue.TIMESTAMP, 1, to);
            put(nanos, 4, to);
            put(seconds, 8, to);
        }
    }

    /** Head of a map, array: one byte for few elements, else two or four for the count. */
    private static void head(int count, int few, int fewEnd, int sixteenBits, EncodedRecords to) {
        if (count < fewEnd) {
            put(few | count, 1, to);
        } else if (count < 1 << 16) {
            put(sixteenBits, 1, to);
            put(count, 2, to);
        } else {
            put(sixteenBits + 1, 1, to);
            put(count, 4, to);
        }
    }

    private static void text(String text, EncodedRecords to) {
        text(text.getBytes(StandardCharsets.UTF_8), to);
    }

    private static void text(byte[] text, EncodedRecords to) {
        if (text.length >= 32 && text.length < 256) {
            put(0xD9, 1, to);
            put(text.length, 1, to);
        } else {
            head(text.length, 0xA0, 32, 0xDA, to);
        }
        to.append(text);
    }

    private static void binary(byte[] bytes, EncodedRecords to) {
        int width = bytes.length < 256 ? 1 : bytes.length < 1 << 16 ? 2 : 4;
        put(0xC4 + (width >> 1), 1, to);
        put(bytes.length, width, to);
        to.append(bytes);
    }

    /** Big-endian. */
    private static void put(long value, int width, EncodedRecords to) {
        int at = to.length();
        byte[] bytes = to.ensure(width);
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (width - 1 - i));
        }
        to.setLength(at + width);
    }

    @Override
    public void close() {}
}
