package io.sabot.connectors.csv;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.text.TextAppender;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Writes each row as a line of fields. As in Flink, a text is put between quotes not only when it must be: also when it has
 * more than 24 bytes or a character below the delimiter and the quote, such as a blank.
 */
final class CsvEncoder implements RecordEncoder {
    private static final int UNQUOTED_BYTES_MAX = 24;

    private final Schema schema;
    private final CsvOptions options;
    private final int leastPlain;
    private final byte[] nullText;
    private final byte[] elementDelimiter;
    private final EncodedRecords scratch = new EncodedRecords();
    private final TextAppender text = new TextAppender(scratch);

    CsvEncoder(Schema schema, CsvOptions options) {
        CsvColumn.check(schema);
        this.schema = schema;
        this.options = options;
        this.leastPlain = Math.max(Math.max(options.delimiter(), options.quote()), '\r') + 1;
        this.nullText = options.nullLiteral().orElse("").getBytes(StandardCharsets.UTF_8);
        this.elementDelimiter = options.elementDelimiter().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void encode(Batch batch, EncodedRecords target) {
        for (int row = 0; row < batch.rowCount(); row++) {
            for (int i = 0; i < schema.size(); i++) {
                if (i > 0) {
                    put(target, options.delimiter());
                }
                writeField(schema.type(i), batch.column(i), row, target);
            }
            target.endRecord();
        }
    }

    private static void put(EncodedRecords target, byte character) {
        int at = target.length();
        target.ensure(1)[at] = character;
        target.setLength(at + 1);
    }

    /** Writes the text of the value aside, then copies it with quotes where it needs them. */
    private void writeField(DataType type, Column column, int row, EncodedRecords target) {
        scratch.clear();
        write(type, column, row);
        byte[] bytes = scratch.bytes();
        int length = scratch.length();
        boolean isNumber = type instanceof AtomicType atomic && atomic.kind().isNumeric();
        boolean quoted = !isNumber && !column.isNull(row) && options.quote() >= 0 && needsQuotes(bytes, length);
        byte[] to = target.ensure(length * 2 + 2);
        int at = target.length();
        if (quoted) {
            to[at++] = (byte) options.quote();
        }
        for (int i = 0; i < length; i++) {
            boolean special = quoted
                    ? bytes[i] == options.quote() || bytes[i] == options.escape()
                    : !isNumber && options.quote() < 0 && isSpecial(bytes[i]);
            if (special && (options.escape() >= 0 || quoted)) {
                to[at++] = (byte) (options.escape() >= 0 ? options.escape() : options.quote());
            }
            to[at++] = bytes[i];
        }
        if (quoted) {
            to[at++] = (byte) options.quote();
        }
        target.setLength(at);
    }

    private boolean isSpecial(byte character) {
        return character == options.delimiter() || character == options.escape();
    }

    private boolean needsQuotes(byte[] bytes, int length) {
        if (length > UNQUOTED_BYTES_MAX) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] >= 0 && (bytes[i] < leastPlain || bytes[i] == options.escape())) {
                return true;
            }
        }
        return false;
    }

    private void write(DataType type, Column column, int row) {
        if (column.isNull(row)) {
            text.put(nullText);
        } else if (type instanceof AtomicType atomic) {
            writeAtomic(atomic, column, row);
        } else if (type instanceof ArrayType array) {
            ListVector list = (ListVector) column.vector();
            Column elements = new Column(list.getDataVector());
            int from = list.getElementStartIndex(row);
            for (int i = from; i < list.getElementEndIndex(row); i++) {
                if (i > from) {
                    text.put(elementDelimiter);
                }
                write(array.element(), elements, i);
            }
        } else {
            writeRow((RowType) type, ((StructVector) column.vector()).getChildrenFromFields(), row);
        }
    }

    private void writeRow(RowType type, List<FieldVector> fields, int row) {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                text.put(elementDelimiter);
            }
            write(type.fields().get(i).type(), new Column(fields.get(i)), row);
        }
    }

    private void writeAtomic(AtomicType type, Column column, int row) {
        long values = column.values();
        switch (type.kind()) {
            case BOOLEAN -> text.putAscii(column.getBoolean(row) ? "true" : "false");
            case TINYINT -> text.putLong(Memory.getByte(values + row));
            case SMALLINT -> text.putLong(Memory.getShort(values + ((long) row << 1)));
            case INT, INTERVAL_YEAR_MONTH -> text.putLong(column.getInt(row));
            case BIGINT, INTERVAL_DAY_TIME -> text.putLong(column.getLong(row));
            case FLOAT -> text.putFloat(Memory.getFloat(values + ((long) row << 2)));
            case DOUBLE -> text.putDouble(Memory.getDouble(values + ((long) row << 3)));
            case DECIMAL -> {
                long at = values + ((long) row << 4);
                text.putDecimal(Memory.getLong(at), Memory.getLong(at + 8), type.scale(), false);
            }
            case CHAR, VARCHAR -> text.put(column.start(row), column.length(row));
            case BINARY, VARBINARY -> text.putBase64(column.start(row), column.length(row));
            case DATE -> text.putDate(column.getInt(row));
            case TIME -> text.putTime(column.getInt(row) * 1_000_000L);
            case TIMESTAMP, TIMESTAMP_LTZ -> {
                text.putTimestamp(column.getLong(row), Storage.unitsPerMilli(type.precision()), ' ');
                if (type.kind() == TypeKind.TIMESTAMP_LTZ) {
                    text.put('Z');
                }
            }
            case NULL -> text.put(nullText);
        }
    }

    @Override
    public void close() {}
}
