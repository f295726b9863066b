package io.sabot.server.avatica;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.server.session.ResultValues;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.jspecify.annotations.Nullable;

/**
 * A column of a result as it travels. Only forms that survive the wire, so that clients in process and behind a server
 * see the same:
 *
 * <pre>
 * TIMESTAMP(0..3)   milliseconds of the reading          TIMESTAMP
 * TIMESTAMP(4..9)   text with all its digits             VARCHAR with the type's name
 * TIMESTAMP_LTZ     reading in the session's zone and offset, as text   TIMESTAMP_WITH_TIMEZONE
 * DATE, TIME        days, milliseconds
 * ARRAY of atoms    a list, times in it as text;  other arrays, ROW, MAP, MULTISET: JSON text in a VARCHAR with the
 *                   type's name
 * INTERVAL          text as SQL prints it
 * </pre>
 */
record WireColumn(ColumnMetaData metaData, Reader reader) {
    /** Reads a value that may be NULL. */
    interface Reader {
        @Nullable
        Object read(FieldVector vector, int row);
    }

    static List<WireColumn> of(Schema schema, ZoneId zone) {
        List<WireColumn> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.fields().get(i);
            columns.add(new WireColumn(metaData(i, field), reader(field.type(), zone)));
        }
        return columns;
    }

    static List<ColumnMetaData> metaData(List<WireColumn> columns) {
        return columns.stream().map(WireColumn::metaData).toList();
    }

    private static ColumnMetaData metaData(int ordinal, Field field) {
        DataType type = field.type();
        AvaticaType wireType = wireType(type);
        int precision = 0;
        int scale = 0;
        boolean signed = false;
        if (type instanceof AtomicType atomic) {
            precision = WireTypes.precision(atomic);
            scale = atomic.scale();
            signed = atomic.kind().isNumeric();
        }
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                true,
                false,
                type.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                signed || wireType.id == Types.TINYINT,
                WireTypes.displaySize(type),
                field.name(),
                field.name(),
                "",
                precision,
                scale,
                "",
                "",
                wireType,
                true,
                false,
                false,
                wireType.columnClassName());
    }

    private static AvaticaType wireType(DataType type) {
        if (type instanceof ArrayType array && array.element() instanceof AtomicType element) {
            return ColumnMetaData.array(elementType(element), type.name(), Rep.ARRAY);
        }
        if (!(type instanceof AtomicType atomic)) {
            return ColumnMetaData.scalar(Types.VARCHAR, type.name(), Rep.STRING);
        }
        Rep rep = switch (atomic.kind()) {
            case BOOLEAN -> Rep.BOOLEAN;
            case TINYINT -> Rep.BYTE;
            case SMALLINT -> Rep.SHORT;
            case INT -> Rep.INTEGER;
            case BIGINT -> Rep.LONG;
            case FLOAT -> Rep.FLOAT;
            case DOUBLE -> Rep.DOUBLE;
            case DECIMAL -> Rep.NUMBER;
            case BINARY, VARBINARY -> Rep.BYTE_STRING;
            case DATE, TIME -> Rep.PRIMITIVE_INT;
            case TIMESTAMP -> atomic.precision() <= 3 ? Rep.PRIMITIVE_LONG : Rep.STRING;
            case CHAR, VARCHAR, TIMESTAMP_LTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL -> Rep.STRING;
        };
        return ColumnMetaData.scalar(WireTypes.wireId(atomic), atomic.name(), rep);
    }

    /** As that of a column; times as text, since Avatica reads those of arrays in the zone of the client's machine. */
    private static AvaticaType elementType(AtomicType element) {
        return isTime(element) ? ColumnMetaData.scalar(Types.VARCHAR, element.name(), Rep.STRING) : wireType(element);
    }

    private static boolean isTime(AtomicType type) {
        return switch (type.kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> true;
            default -> false;
        };
    }

    private static Reader reader(DataType type, ZoneId zone) {
        if (type instanceof ArrayType array && array.element() instanceof AtomicType element) {
            return nullable(listReader(isTime(element) ? timeText(element, zone) : reader(element, zone)));
        }
        if (!(type instanceof AtomicType atomic)) {
            return (vector, row) -> vector.isNull(row) ? null : JsonText.of(value(vector, type, row), zone);
        }
        return switch (atomic.kind()) {
            case DATE -> nullable((vector, row) -> ((DateDayVector) vector).get(row));
            case TIME -> nullable((vector, row) -> ((TimeMilliVector) vector).get(row));
            case TIMESTAMP ->
                atomic.precision() <= 3
                        ? nullable((vector, row) -> ((TimeStampVector) vector).get(row))
                        : nullable((vector, row) ->
                                SqlText.local((LocalDateTime) value(vector, type, row), atomic.precision()));
            case TIMESTAMP_LTZ ->
                nullable((vector, row) -> SqlText.offset((Instant) value(vector, type, row), zone, atomic.precision()));
            case INTERVAL_DAY_TIME -> nullable((vector, row) -> SqlText.dayTime((Duration) value(vector, type, row)));
            case INTERVAL_YEAR_MONTH -> nullable((vector, row) -> SqlText.yearMonth((Period) value(vector, type, row)));
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INT,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    CHAR,
                    VARCHAR,
                    BINARY,
                    VARBINARY,
                    NULL -> (vector, row) -> ResultValues.get(vector, type, row);
        };
    }

    private static Reader timeText(AtomicType type, ZoneId zone) {
        return nullable((vector, row) -> SqlText.of(value(vector, type, row), zone, type.precision()));
    }

    private static Reader nullable(Reader reader) {
        return (vector, row) -> vector.isNull(row) ? null : reader.read(vector, row);
    }

    private static Reader listReader(Reader element) {
        return (vector, row) -> {
            ListVector list = (ListVector) vector;
            int end = list.getElementEndIndex(row);
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = list.getElementStartIndex(row); i < end; i++) {
                values.add(element.read(list.getDataVector(), i));
            }
            return values;
        };
    }

    private static Object value(FieldVector vector, DataType type, int row) {
        return Objects.requireNonNull(ResultValues.get(vector, type, row));
    }
}
