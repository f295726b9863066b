package io.sabot.connectors.arrow;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.TimestampUnits;
import io.sabot.connectors.record.UnsignedNumber;
import io.sabot.connectors.text.TextValues;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.util.ArrowBufPointer;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.ElementAddressableVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Copies values of one Arrow type into a column of one SQL type. */
interface ArrowValue {
    /** The value of a field that a file does not have. */
    ArrowValue MISSING = (from, row, target) -> target.appendNull();

    /** Finds how the values of a dictionary are read. */
    interface Decoding {
        ArrowValue of(Field values) throws FieldProblem;
    }

    /** Appends the value of a row. */
    void copy(FieldVector from, int row, ColumnBuilder target) throws FieldProblem;

    /**
     * A reader.
     *
     * @throws FieldProblem if no value of the field is one of the type
     */
    static ArrowValue of(Field field, DataType type, DictionaryProvider dictionaries) throws FieldProblem {
        if (field.getDictionary() != null) {
            return decoded(field, dictionaries, values -> of(values, type, dictionaries));
        }
        return field.getType() instanceof ArrowType.Null ? MISSING : orNull(notNull(field, type, dictionaries));
    }

    private static ArrowValue orNull(ArrowValue notNull) {
        return (from, row, target) -> {
            if (from.isNull(row)) {
                target.appendNull();
            } else {
                notNull.copy(from, row, target);
            }
        };
    }

    /** Reads the values that the numbers of a field stand for. */
    static ArrowValue decoded(Field field, DictionaryProvider dictionaries, Decoding decoding) throws FieldProblem {
        Dictionary dictionary = dictionaries.lookup(field.getDictionary().getId());
        if (dictionary == null) {
            throw new FieldProblem(
                    "", "the file lacks dictionary " + field.getDictionary().getId());
        }
        // The reader keeps the vector, whatever dictionary of this number comes later
        FieldVector values = dictionary.getVector();
        ArrowValue value = decoding.of(values.getField());
        return orNull((from, row, target) -> {
            long index = ((BaseIntVector) from).getValueAsLong(row);
            if (index < 0 || index >= values.getValueCount()) {
                throw new FieldProblem(
                        "", "number " + index + " is not in the dictionary, which has " + values.getValueCount());
            }
            value.copy(values, (int) index, target);
        });
    }

    /** Reads a field of structs. */
    static ArrowValue child(int index, ArrowValue value) {
        return orNull((from, row, target) ->
                value.copy((FieldVector) ((StructVector) from).getChildByOrdinal(index), row, target));
    }

    /** The first field of the name, or -1. */
    static int indexOf(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static ArrowValue notNull(Field field, DataType type, DictionaryProvider dictionaries) throws FieldProblem {
        ArrowType arrow = field.getType();
        if (type instanceof AtomicType atomic) {
            return atomic(arrow, atomic);
        }
        if (type instanceof RowType row && arrow instanceof ArrowType.Struct) {
            return struct(field, row, dictionaries);
        }
        if (type instanceof ArrayType array && isList(arrow)) {
            return list(of(field.getChildren().get(0), array.element(), dictionaries));
        }
        if (type instanceof MapType map && arrow instanceof ArrowType.Map) {
            return map(field, map.key(), map.value(), dictionaries);
        }
        if (type instanceof MultisetType multiset && arrow instanceof ArrowType.Map) {
            return map(field, multiset.element(), AtomicType.INT.withNullable(false), dictionaries);
        }
        throw mismatch(arrow, type);
    }

    private static FieldProblem mismatch(ArrowType arrow, DataType type) {
        return new FieldProblem("", "the file says " + arrow + ", which is not read as " + type.name());
    }

    private static boolean isList(ArrowType arrow) {
        return arrow instanceof ArrowType.List
                || arrow instanceof ArrowType.LargeList
                || arrow instanceof ArrowType.FixedSizeList;
    }

    private static ArrowValue atomic(ArrowType arrow, AtomicType type) throws FieldProblem {
        TypeKind kind = type.kind();
        if (arrow instanceof ArrowType.Int whole) {
            ArrowValue number = number(arrow, type);
            return whole.getIsSigned() || whole.getBitWidth() < Long.SIZE ? number : unsigned(number, type);
        }
        if (arrow instanceof ArrowType.Bool && kind == TypeKind.BOOLEAN) {
            return (from, row, target) -> target.appendBoolean(((BitVector) from).get(row) != 0);
        }
        if (arrow instanceof ArrowType.FloatingPoint && kind == TypeKind.DOUBLE) {
            return (from, row, target) -> target.appendDouble(((FloatingPointVector) from).getValueAsDouble(row));
        }
        if (arrow instanceof ArrowType.FloatingPoint && kind == TypeKind.FLOAT) {
            return (from, row, target) ->
                    target.appendFloat((float) ((FloatingPointVector) from).getValueAsDouble(row));
        }
        if (arrow instanceof ArrowType.Decimal && kind == TypeKind.DECIMAL) {
            return (from, row, target) -> TextValues.appendDecimal((BigDecimal) from.getObject(row), type, target);
        }
        boolean isBytes = arrow instanceof ArrowType.Utf8
                || arrow instanceof ArrowType.LargeUtf8
                || arrow instanceof ArrowType.Binary
                || arrow instanceof ArrowType.LargeBinary
                || arrow instanceof ArrowType.FixedSizeBinary;
        if (isBytes && (kind.isText() || kind.isBinary())) {
            return bytes();
        }
        return time(arrow, type);
    }

    private static ArrowValue number(ArrowType arrow, AtomicType type) throws FieldProblem {
        return switch (type.kind()) {
            case TINYINT ->
                (from, row, target) -> target.appendByte((byte) inRange(from, row, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case SMALLINT ->
                (from, row, target) -> target.appendShort((short) inRange(from, row, Short.MIN_VALUE, Short.MAX_VALUE));
            case INT, DATE ->
                (from, row, target) -> target.appendInt((int) inRange(from, row, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case BIGINT -> (from, row, target) -> target.appendLong(inRange(from, row, Long.MIN_VALUE, Long.MAX_VALUE));
            case FLOAT -> (from, row, target) -> target.appendFloat((float) ((BaseIntVector) from).getValueAsLong(row));
            case DOUBLE ->
                (from, row, target) -> target.appendDouble((double) ((BaseIntVector) from).getValueAsLong(row));
            case DECIMAL ->
                (from, row, target) -> TextValues.appendDecimal(
                        BigDecimal.valueOf(((BaseIntVector) from).getValueAsLong(row)), type, target);
            default -> throw mismatch(arrow, type);
        };
    }

    private static ArrowValue unsigned(ArrowValue number, AtomicType type) {
        return (from, row, target) -> {
            long bits = ((BaseIntVector) from).getValueAsLong(row);
            if (bits < 0) {
                UnsignedNumber.append(bits, type, target);
            } else {
                number.copy(from, row, target);
            }
        };
    }

    private static long inRange(FieldVector from, int row, long least, long greatest) throws FieldProblem {
        long value = ((BaseIntVector) from).getValueAsLong(row);
        if (value < least || value > greatest) {
            throw new FieldProblem("", "the number " + value + " does not fit");
        }
        return value;
    }

    private static ArrowValue bytes() {
        ArrowBufPointer pointer = new ArrowBufPointer();
        return (from, row, target) -> {
            ((ElementAddressableVector) from).getDataPointer(row, pointer);
            var buffer = pointer.getBuf();
            target.appendBytes(
                    buffer == null ? 0 : buffer.memoryAddress() + pointer.getOffset(), (int) pointer.getLength());
        };
    }

    private static ArrowValue time(ArrowType arrow, AtomicType type) throws FieldProblem {
        TypeKind kind = type.kind();
        if (arrow instanceof ArrowType.Timestamp timestamp && kind.isTimestamp()) {
            long written = perSecond(timestamp.getUnit());
            long wanted = Storage.unitsPerMilli(type.precision()) * 1000;
            return (from, row, target) ->
                    target.appendLong(converted(((TimeStampVector) from).get(row), written, wanted));
        }
        if (arrow instanceof ArrowType.Date && kind == TypeKind.DATE) {
            return (from, row, target) -> target.appendInt(
                    from instanceof DateDayVector days
                            ? days.get(row)
                            : (int) Math.floorDiv(((DateMilliVector) from).get(row), 86_400_000L));
        }
        if (arrow instanceof ArrowType.Time && kind == TypeKind.TIME) {
            return (from, row, target) -> target.appendInt(millisOfDay(from, row));
        }
        if (arrow instanceof ArrowType.Duration duration && kind == TypeKind.INTERVAL_DAY_TIME) {
            long written = perSecond(duration.getUnit());
            return (from, row, target) ->
                    target.appendLong(millis(DurationVector.get(from.getDataBuffer(), row), written));
        }
        if (arrow instanceof ArrowType.Interval && kind == TypeKind.INTERVAL_YEAR_MONTH) {
            return (from, row, target) -> target.appendInt(((IntervalYearVector) from).get(row));
        }
        throw mismatch(arrow, type);
    }

    private static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1;
            case MILLISECOND -> 1_000;
            case MICROSECOND -> 1_000_000;
            case NANOSECOND -> 1_000_000_000;
        };
    }

    private static long converted(long value, long written, long wanted) throws FieldProblem {
        try {
            return TimestampUnits.convert(value, written, wanted);
        } catch (ArithmeticException e) {
            throw new FieldProblem("", String.valueOf(e.getMessage()));
        }
    }

    private static long millis(long duration, long written) throws FieldProblem {
        try {
            return TimestampUnits.convert(duration, written, 1_000);
        } catch (ArithmeticException e) {
            throw new FieldProblem("", "the interval is longer than 64 bits of milliseconds reach");
        }
    }

    private static int millisOfDay(FieldVector from, int row) {
        if (from instanceof TimeMilliVector millis) {
            return millis.get(row);
        }
        if (from instanceof TimeSecVector seconds) {
            return seconds.get(row) * 1000;
        }
        return from instanceof TimeMicroVector micros
                ? (int) (micros.get(row) / 1000)
                : (int) (((TimeNanoVector) from).get(row) / 1_000_000);
    }

    private static ArrowValue struct(Field field, RowType row, DictionaryProvider dictionaries) throws FieldProblem {
        int width = row.fields().size();
        List<Integer> sources = new ArrayList<>();
        List<ArrowValue> values = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            String name = row.fields().get(i).name();
            int source = -1;
            ArrowValue value = MISSING;
            for (int child = 0; child < field.getChildren().size(); child++) {
                if (field.getChildren().get(child).getName().equals(name)) {
                    source = child;
                    value = inside(
                            field.getChildren().get(child), row.fields().get(i).type(), dictionaries);
                }
            }
            sources.add(source);
            values.add(value);
        }
        return (from, at, target) -> {
            StructVector struct = (StructVector) from;
            for (int i = 0; i < width; i++) {
                int source = sources.get(i);
                FieldVector child = source < 0 ? from : (FieldVector) struct.getChildByOrdinal(source);
                values.get(i).copy(child, at, target.child(i));
            }
            target.appendStruct();
        };
    }

    private static ArrowValue inside(Field field, DataType type, DictionaryProvider dictionaries) throws FieldProblem {
        try {
            return of(field, type, dictionaries);
        } catch (FieldProblem problem) {
            throw problem.inside(field.getName());
        }
    }

    private static ArrowValue list(ArrowValue element) {
        return (from, row, target) -> {
            FieldVector elements = elements(from);
            for (long i = start(from, row); i < end(from, row); i++) {
                element.copy(elements, (int) i, target.child(0));
            }
            target.appendList();
        };
    }

    private static FieldVector elements(FieldVector list) {
        if (list instanceof ListVector plain) {
            return plain.getDataVector();
        }
        return list instanceof LargeListVector large
                ? large.getDataVector()
                : ((FixedSizeListVector) list).getDataVector();
    }

    private static long start(FieldVector list, int row) {
        if (list instanceof ListVector plain) {
            return plain.getElementStartIndex(row);
        }
        return list instanceof LargeListVector large
                ? large.getElementStartIndex(row)
                : ((FixedSizeListVector) list).getElementStartIndex(row);
    }

    private static long end(FieldVector list, int row) {
        if (list instanceof ListVector plain) {
            return plain.getElementEndIndex(row);
        }
        return list instanceof LargeListVector large
                ? large.getElementEndIndex(row)
                : ((FixedSizeListVector) list).getElementEndIndex(row);
    }

    private static ArrowValue map(Field field, DataType key, DataType value, DictionaryProvider dictionaries)
            throws FieldProblem {
        List<Field> entry = field.getChildren().get(0).getChildren();
        ArrowValue keys = of(entry.get(0), key, dictionaries);
        ArrowValue values = of(entry.get(1), value, dictionaries);
        return (from, row, target) -> {
            ListVector list = (ListVector) from;
            StructVector entries = (StructVector) list.getDataVector();
            ColumnBuilder to = target.child(0);
            for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
                keys.copy((FieldVector) entries.getChildByOrdinal(0), i, to.child(0));
                values.copy((FieldVector) entries.getChildByOrdinal(1), i, to.child(1));
                to.appendStruct();
            }
            target.appendList();
        };
    }
}
