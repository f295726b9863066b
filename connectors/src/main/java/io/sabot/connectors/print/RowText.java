package io.sabot.connectors.print;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Rows as text for people: {@code +I[1, a, null]}, values as Flink prints them. */
final class RowText {
    private final Schema schema;

    RowText(Schema schema) {
        this.schema = schema;
    }

    void append(Batch batch, int row, StringBuilder to) {
        to.append(batch.kind(row).symbol()).append('[');
        for (int i = 0; i < schema.size(); i++) {
            to.append(i > 0 ? ", " : "");
            append(schema.type(i), batch.column(i), row, to);
        }
        to.append(']');
    }

    private static void append(DataType type, Column column, int row, StringBuilder to) {
        if (column.isNull(row)) {
            to.append("null");
        } else if (type instanceof AtomicType atomic) {
            appendAtomic(atomic, column, row, to);
        } else if (type instanceof RowType struct) {
            appendStruct(struct, ((StructVector) column.vector()).getChildrenFromFields(), row, to);
        } else {
            appendElements(type, (ListVector) column.vector(), row, to);
        }
    }

    private static void appendStruct(RowType type, List<FieldVector> fields, int row, StringBuilder to) {
        to.append("+I[");
        for (int i = 0; i < fields.size(); i++) {
            to.append(i > 0 ? ", " : "");
            append(type.fields().get(i).type(), new Column(fields.get(i)), row, to);
        }
        to.append(']');
    }

    private static void appendElements(DataType type, ListVector list, int row, StringBuilder to) {
        boolean isArray = type instanceof ArrayType;
        int from = list.getElementStartIndex(row);
        to.append(isArray ? '[' : '{');
        for (int i = from; i < list.getElementEndIndex(row); i++) {
            to.append(i > from ? ", " : "");
            if (type instanceof ArrayType array) {
                append(array.element(), new Column(list.getDataVector()), i, to);
            } else {
                appendEntry(type, ((StructVector) list.getDataVector()).getChildrenFromFields(), i, to);
            }
        }
        to.append(isArray ? ']' : '}');
    }

    private static void appendEntry(DataType type, List<FieldVector> entry, int index, StringBuilder to) {
        DataType key = type instanceof MapType map ? map.key() : ((MultisetType) type).element();
        DataType value = type instanceof MapType map ? map.value() : AtomicType.INT;
        append(key, new Column(entry.get(0)), index, to);
        to.append('=');
        append(value, new Column(entry.get(1)), index, to);
    }

    private static void appendAtomic(AtomicType type, Column column, int row, StringBuilder to) {
        long values = column.values();
        switch (type.kind()) {
            case BOOLEAN -> to.append(column.getBoolean(row));
            case TINYINT -> to.append(Memory.getByte(values + row));
            case SMALLINT -> to.append(Memory.getShort(values + ((long) row << 1)));
            case INT, INTERVAL_YEAR_MONTH -> to.append(column.getInt(row));
            case BIGINT, INTERVAL_DAY_TIME -> to.append(column.getLong(row));
            case FLOAT -> to.append(Memory.getFloat(values + ((long) row << 2)));
            case DOUBLE -> to.append(Memory.getDouble(values + ((long) row << 3)));
            case DECIMAL -> to.append(((DecimalVector) column.vector()).getObject(row));
            case CHAR, VARCHAR -> to.append(new String(bytes(column, row), StandardCharsets.UTF_8));
            case BINARY, VARBINARY -> to.append(Arrays.toString(bytes(column, row)));
            case DATE -> to.append(LocalDate.ofEpochDay(column.getInt(row)));
            case TIME -> to.append(LocalTime.ofNanoOfDay(column.getInt(row) * 1_000_000L));
            case TIMESTAMP ->
                to.append(LocalDateTime.ofInstant(instant(column.getLong(row), type.precision()), ZoneOffset.UTC));
            case TIMESTAMP_LTZ -> to.append(instant(column.getLong(row), type.precision()));
            case NULL -> to.append("null");
        }
    }

    private static byte[] bytes(Column column, int row) {
        byte[] bytes = new byte[column.length(row)];
        Memory.copy(column.start(row), bytes, 0, bytes.length);
        return bytes;
    }

    private static Instant instant(long value, int precision) {
        long unitsPerSecond = Storage.unitsPerMilli(precision) * 1_000;
        return Instant.ofEpochSecond(
                Math.floorDiv(value, unitsPerSecond),
                Math.floorMod(value, unitsPerSecond) * (1_000_000_000 / unitsPerSecond));
    }
}
