package io.sabot.connectors.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.text.TextAppender;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column or nested field as JSON. Bound to the vectors of each batch anew. */
final class ValueWriter {
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    /** Comma, name and colon. */
    private final byte[] key;

    private final int keyLength;
    private final DataType type;
    private final JsonOptions options;
    private final ValueWriter[] children;
    private final long unitsPerMilli;
    private @Nullable Column bound;

    ValueWriter(String name, DataType type, JsonOptions options) {
        byte[] text = (",\"" + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + "\":")
                .getBytes(StandardCharsets.UTF_8);
        this.key = TextAppender.pad(text);
        this.keyLength = text.length;
        this.type = type;
        this.options = options;
        this.children = children();
        this.unitsPerMilli = type instanceof AtomicType atomic ? Storage.unitsPerMilli(atomic.precision()) : 1;
    }

    private ValueWriter[] children() {
        if (type instanceof RowType row) {
            return row.fields().stream()
                    .map(field -> new ValueWriter(field.name(), field.type(), options))
                    .toArray(ValueWriter[]::new);
        }
        if (type instanceof ArrayType array) {
            return new ValueWriter[] {new ValueWriter("", array.element(), options)};
        }
        if (type instanceof MapType map) {
            return entry(map.key(), map.value());
        }
        return type instanceof MultisetType multiset ? entry(multiset.element(), AtomicType.INT) : new ValueWriter[0];
    }

    private ValueWriter[] entry(DataType keyType, DataType valueType) {
        JsonValue.requireTextKey(type, keyType);
        return new ValueWriter[] {new ValueWriter("", keyType, options), new ValueWriter("", valueType, options)};
    }

    /** Takes the vectors of a batch. */
    void bind(Column column) {
        bound = column;
        FieldVector vector = column.vector();
        if (vector instanceof StructVector struct) {
            bindChildren(struct.getChildrenFromFields());
        } else if (vector instanceof ListVector list) {
            FieldVector data = list.getDataVector();
            if (type instanceof ArrayType) {
                children[0].bind(new Column(data));
            } else {
                bindChildren(((StructVector) data).getChildrenFromFields());
            }
        }
    }

    private void bindChildren(List<FieldVector> vectors) {
        for (int i = 0; i < children.length; i++) {
            children[i].bind(new Column(vectors.get(i)));
        }
    }

    private Column column() {
        Column column = bound;
        if (column == null) {
            throw new AssertionError("bind comes first");
        }
        return column;
    }

    static void writeObject(ValueWriter[] fields, int row, TextAppender to, boolean ignoreNulls) {
        int start = to.position();
        for (ValueWriter field : fields) {
            if (ignoreNulls && field.column().isNull(row)) {
                continue;
            }
            to.putPadded(field.key, field.keyLength);
            field.write(row, to);
        }
        if (to.position() == start) {
            to.put('{');
        } else {
            to.replace(start, '{');
        }
        to.put('}');
    }

    private void write(int row, TextAppender to) {
        Column column = column();
        if (column.isNull(row)) {
            to.put(NULL);
        } else if (type instanceof AtomicType atomic) {
            writeAtomic(atomic, column, row, to);
        } else if (type instanceof RowType) {
            writeObject(children, row, to, options.ignoreNullFields());
        } else if (type instanceof ArrayType) {
            writeArray((ListVector) column.vector(), row, to);
        } else {
            writeMap((ListVector) column.vector(), row, to);
        }
    }

    private void writeAtomic(AtomicType atomic, Column column, int row, TextAppender to) {
        long values = column.values();
        switch (atomic.kind()) {
            case BOOLEAN -> to.put(column.getBoolean(row) ? TRUE : FALSE);
            case TINYINT -> to.putLong(Memory.getByte(values + row));
            case SMALLINT -> to.putLong(Memory.getShort(values + ((long) row << 1)));
            case INT, INTERVAL_YEAR_MONTH -> to.putLong(column.getInt(row));
            case BIGINT, INTERVAL_DAY_TIME -> to.putLong(column.getLong(row));
            case FLOAT -> writeFloat(Memory.getFloat(values + ((long) row << 2)), to);
            case DOUBLE -> writeDouble(Memory.getDouble(values + ((long) row << 3)), to);
            case DECIMAL -> {
                long at = values + ((long) row << 4);
                to.putDecimal(Memory.getLong(at), Memory.getLong(at + 8), atomic.scale(), options.plainDecimals());
            }
            case CHAR, VARCHAR -> JsonText.write(column.start(row), column.length(row), to);
            case BINARY, VARBINARY -> {
                to.put('"');
                to.putBase64(column.start(row), column.length(row));
                to.put('"');
            }
            case DATE -> {
                to.put('"');
                to.putDate(column.getInt(row));
                to.put('"');
            }
            case TIME -> {
                to.put('"');
                to.putTime(column.getInt(row) * 1_000_000L);
                to.put('"');
            }
            case TIMESTAMP, TIMESTAMP_LTZ -> {
                to.put('"');
                to.putTimestamp(
                        column.getLong(row), unitsPerMilli, options.timestamps().separator());
                if (atomic.kind() == TypeKind.TIMESTAMP_LTZ) {
                    to.put('Z');
                }
                to.put('"');
            }
            case NULL -> to.put(NULL);
        }
    }

    /** NaN and infinities are texts, since JSON has no numbers for them. */
    private static void writeDouble(double value, TextAppender to) {
        boolean quoted = !Double.isFinite(value);
        if (quoted) {
            to.put('"');
        }
        to.putDouble(value);
        if (quoted) {
            to.put('"');
        }
    }

    private static void writeFloat(float value, TextAppender to) {
        boolean quoted = !Float.isFinite(value);
        if (quoted) {
            to.put('"');
        }
        to.putFloat(value);
        if (quoted) {
            to.put('"');
        }
    }

    private void writeArray(ListVector list, int row, TextAppender to) {
        to.put('[');
        int from = list.getElementStartIndex(row);
        for (int i = from; i < list.getElementEndIndex(row); i++) {
            if (i > from) {
                to.put(',');
            }
            children[0].write(i, to);
        }
        to.put(']');
    }

    private void writeMap(ListVector map, int row, TextAppender to) {
        to.put('{');
        boolean first = true;
        for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
            boolean nullKey = children[0].column().isNull(i);
            if (nullKey && options.nullKeys() == JsonOptions.NullKeys.FAIL) {
                throw SabotException.of(ErrorCode.NULL_NOT_ALLOWED, "a map with a NULL key cannot be written as JSON")
                        .hint("set 'json.map-null-key.mode' to 'DROP' or 'LITERAL'");
            }
            if (nullKey && options.nullKeys() == JsonOptions.NullKeys.DROP) {
                continue;
            }
            if (!first) {
                to.put(',');
            }
            first = false;
            if (nullKey) {
                to.put(ascii("\"" + new String(JsonStringEncoder.getInstance().quoteAsString(options.nullKeyLiteral()))
                        + "\""));
            } else {
                children[0].write(i, to);
            }
            to.put(':');
            children[1].write(i, to);
        }
        to.put('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
