package io.sabot.connectors.msgpack;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.text.TextValues;
import io.sabot.connectors.text.TimestampFormat;
import io.sabot.connectors.text.Utf8;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one value of a SQL type into a column. */
final class MsgPackValue {
    private static final TextValues TEXTS = new TextValues(TimestampFormat.SQL);
    /** Type of the extension that holds a point in time. */
    static final int TIMESTAMP = -1;

    private final DataType type;
    private final List<MsgPackValue> children = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();

    MsgPackValue(DataType type) {
        this.type = type;
        if (type instanceof RowType row) {
            for (Field field : row.fields()) {
                names.put(field.name(), children.size());
                children.add(new MsgPackValue(field.type()));
            }
        } else if (type instanceof ArrayType array) {
            children.add(new MsgPackValue(array.element()));
        } else if (type instanceof MapType map) {
            children.add(new MsgPackValue(map.key()));
            children.add(new MsgPackValue(map.value()));
        } else if (type instanceof MultisetType multiset) {
            children.add(new MsgPackValue(multiset.element()));
            children.add(new MsgPackValue(AtomicType.INT.withNullable(false)));
        }
    }

    /** Appends the value that stands next. */
    void read(MsgPackInput input, ColumnBuilder target) throws FieldProblem {
        MsgPackInput.Kind kind = input.kind();
        if (kind == MsgPackInput.Kind.NIL) {
            input.skip();
            target.appendNull();
        } else if (type instanceof AtomicType atomic) {
            readAtomic(input, kind, atomic, target);
        } else if (type instanceof RowType) {
            readRow(input, kind, target);
        } else if (type instanceof ArrayType) {
            require(kind == MsgPackInput.Kind.ARRAY, input);
            int elements = input.nextArray();
            for (int i = 0; i < elements; i++) {
                children.get(0).read(input, target.child(0));
            }
            target.appendList();
        } else {
            require(kind == MsgPackInput.Kind.MAP, input);
            int pairs = input.nextMap();
            ColumnBuilder entries = target.child(0);
            for (int i = 0; i < pairs; i++) {
                children.get(0).read(input, entries.child(0));
                children.get(1).read(input, entries.child(1));
                entries.appendStruct();
            }
            target.appendList();
        }
    }

    private void require(boolean fits, MsgPackInput input) throws FieldProblem {
        if (!fits) {
            throw new FieldProblem("", "expected " + type.name() + ", found " + describe(input));
        }
    }

    private void readRow(MsgPackInput input, MsgPackInput.Kind kind, ColumnBuilder target) throws FieldProblem {
        int row = target.rowCount();
        if (kind == MsgPackInput.Kind.ARRAY) {
            int elements = input.nextArray();
            for (int i = 0; i < elements; i++) {
                if (i < children.size()) {
                    children.get(i).read(input, target.child(i));
                } else {
                    input.skip();
                }
            }
        } else {
            require(kind == MsgPackInput.Kind.MAP, input);
            int pairs = input.nextMap();
            for (int i = 0; i < pairs; i++) {
                readField(input, target, row);
            }
        }
        for (int i = 0; i < children.size(); i++) {
            if (target.child(i).rowCount() == row) {
                target.child(i).appendNull();
            }
        }
        target.appendStruct();
    }

    private void readField(MsgPackInput input, ColumnBuilder target, int row) throws FieldProblem {
        if (input.kind() != MsgPackInput.Kind.STRING) {
            throw new FieldProblem("", "expected the name of a field, found " + describe(input));
        }
        input.nextBytes();
        String name = text(input);
        Integer field = names.get(name);
        if (field == null || target.child(field).rowCount() > row) {
            input.skip();
            return;
        }
        try {
            children.get(field).read(input, target.child(field));
        } catch (FieldProblem problem) {
            throw problem.inside(name);
        }
    }

    private static String text(MsgPackInput input) {
        byte[] bytes = new byte[input.contentLength()];
        Memory.copy(input.contentStart(), bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void readAtomic(MsgPackInput input, MsgPackInput.Kind kind, AtomicType atomic, ColumnBuilder target)
            throws FieldProblem {
        long before = input.position();
        try {
            boolean done = switch (kind) {
                case INTEGER -> readInteger(input.nextInteger(), atomic, target);
                case FLOAT -> readFloat(input.nextFloat(), atomic, target);
                case BOOLEAN -> readBoolean(input.nextBoolean(), atomic, target);
                case STRING, BINARY -> readBytes(input, atomic, target);
                case EXTENSION -> input.nextExtension() == TIMESTAMP && readTimestamp(input, atomic, target);
                case NIL, ARRAY, MAP -> false;
            };
            if (done) {
                return;
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // it does not fit: told below
        }
        input.moveTo(before);
        require(false, input);
    }

    private static boolean readInteger(long value, AtomicType type, ColumnBuilder target) {
        switch (type.kind()) {
            case TINYINT -> {
                if (value != (byte) value) {
                    return false;
                }
                target.appendByte((byte) value);
            }
            case SMALLINT -> {
                if (value != (short) value) {
                    return false;
                }
                target.appendShort((short) value);
            }
            case INT, INTERVAL_YEAR_MONTH, DATE -> target.appendInt(Math.toIntExact(value));
            case BIGINT, INTERVAL_DAY_TIME -> target.appendLong(value);
            case FLOAT -> target.appendFloat((float) value);
            case DOUBLE -> target.appendDouble((double) value);
            case DECIMAL -> TextValues.appendDecimal(BigDecimal.valueOf(value), type, target);
            case TIMESTAMP, TIMESTAMP_LTZ ->
                target.appendLong(Math.multiplyExact(value, Storage.unitsPerMilli(type.precision())));
            case CHAR, VARCHAR -> target.appendText(Long.toString(value));
            case BOOLEAN, BINARY, VARBINARY, TIME, NULL -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readFloat(double value, AtomicType type, ColumnBuilder target) {
        switch (type.kind()) {
            case FLOAT -> target.appendFloat((float) value);
            case DOUBLE -> target.appendDouble(value);
            case DECIMAL -> TextValues.appendDecimal(BigDecimal.valueOf(value), type, target);
            case CHAR, VARCHAR -> target.appendText(Double.toString(value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readBoolean(boolean value, AtomicType type, ColumnBuilder target) {
        if (type.kind() == TypeKind.BOOLEAN) {
            target.appendBoolean(value);
        } else if (type.kind().isText()) {
            target.appendText(Boolean.toString(value));
        } else {
            return false;
        }
        return true;
    }

    private static boolean readBytes(MsgPackInput input, AtomicType type, ColumnBuilder target) throws FieldProblem {
        input.nextBytes();
        if (type.kind().isBinary()
                || (type.kind().isText() && Utf8.isValid(input.contentStart(), input.contentLength()))) {
            target.appendBytes(input.contentStart(), input.contentLength());
            return true;
        }
        if (type.kind().isText() || type.kind() == TypeKind.BOOLEAN) {
            return false;
        }
        TEXTS.append(text(input), type, target);
        return true;
    }

    private static boolean readTimestamp(MsgPackInput input, AtomicType type, ColumnBuilder target) {
        if (!type.kind().isTimestamp()) {
            return false;
        }
        long at = input.contentStart();
        long seconds;
        long nanos;
        switch (input.contentLength()) {
            case 4 -> {
                seconds = Integer.reverseBytes(Memory.getInt(at)) & 0xFFFFFFFFL;
                nanos = 0;
            }
            case 8 -> {
                long both = Long.reverseBytes(Memory.getLong(at));
                seconds = both & 0x3FFFFFFFFL;
                nanos = both >>> 34;
            }
            case 12 -> {
                nanos = Integer.reverseBytes(Memory.getInt(at)) & 0xFFFFFFFFL;
                seconds = Long.reverseBytes(Memory.getLong(at + 4));
            }
            default -> {
                return false;
            }
        }
        long unitsPerSecond = Storage.unitsPerMilli(type.precision()) * 1000;
        target.appendLong(
                Math.addExact(Math.multiplyExact(seconds, unitsPerSecond), nanos / (1_000_000_000L / unitsPerSecond)));
        return true;
    }

    /** What stands next, for people. */
    static String describe(MsgPackInput input) throws FieldProblem {
        return switch (input.kind()) {
            case NIL -> "nil";
            case BOOLEAN -> input.nextBoolean() ? "true" : "false";
            case INTEGER -> "the number " + input.nextInteger();
            case FLOAT -> "the number " + input.nextFloat();
            case STRING -> {
                input.nextBytes();
                String text = text(input);
                yield "the text '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
            }
            case ARRAY -> "an array";
            case MAP -> "a map";
            case BINARY, EXTENSION -> "a value of kind " + input.kind().name().toLowerCase(Locale.ROOT);
        };
    }
}
