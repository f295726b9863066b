package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of {@code ?}, as literals. */
public final class Parameters extends SqlShuttle {
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final List<? extends @Nullable Object> values;

    private Parameters(List<? extends @Nullable Object> values) {
        this.values = values;
    }

    /**
     * A copy of the query with values in it.
     *
     * @param values as JDBC has them: boxed numbers, texts, {@code java.sql} or {@code java.time} values, null
     */
    public static SqlNode bind(SqlNode query, List<? extends @Nullable Object> values) {
        return values.isEmpty() ? query : Objects.requireNonNull(query.accept(new Parameters(values)));
    }

    @Override
    public SqlNode visit(SqlDynamicParam parameter) {
        if (parameter.getIndex() >= values.size()) {
            throw SabotException.of(
                            ErrorCode.INVALID_PARAMETER, "parameter " + (parameter.getIndex() + 1) + " has no value")
                    .at(SqlSpans.of(parameter));
        }
        return literal(values.get(parameter.getIndex()), parameter.getParserPosition());
    }

    private static SqlNode literal(@Nullable Object value, SqlParserPos position) {
        if (value == null) {
            return SqlLiteral.createNull(position);
        }
        if (value instanceof Boolean bool) {
            return SqlLiteral.createBoolean(bool, position);
        }
        if (value instanceof Double || value instanceof Float) {
            return SqlLiteral.createApproxNumeric(String.valueOf(value), position);
        }
        if (value instanceof BigDecimal decimal) {
            return SqlLiteral.createExactNumeric(decimal.toPlainString(), position);
        }
        if (value instanceof Number || value instanceof BigInteger) {
            return SqlLiteral.createExactNumeric(value.toString(), position);
        }
        if (value instanceof byte[] bytes) {
            return SqlLiteral.createBinaryString(bytes, position);
        }
        return temporal(value, position);
    }

    private static SqlNode temporal(Object value, SqlParserPos position) {
        if (value instanceof Date date) {
            return temporal(date.toLocalDate(), position);
        }
        if (value instanceof Time time) {
            return temporal(time.toLocalTime(), position);
        }
        if (value instanceof Timestamp timestamp) {
            return temporal(timestamp.toLocalDateTime(), position);
        }
        if (value instanceof LocalDate date) {
            return SqlLiteral.createDate(new DateString(date.toString()), position);
        }
        if (value instanceof LocalTime time) {
            return SqlLiteral.createTime(
                    new TimeString(time.getHour(), time.getMinute(), time.getSecond()).withNanos(time.getNano()),
                    3,
                    position);
        }
        if (value instanceof LocalDateTime dateTime) {
            int nanos = dateTime.get(ChronoField.NANO_OF_SECOND);
            TimestampString text = new TimestampString(DATE_TIME.format(dateTime)).withNanos(nanos);
            int precision = nanos % 1_000_000 == 0 ? 3 : 9;
            return SqlLiteral.createTimestamp(SqlTypeName.TIMESTAMP, text, precision, position);
        }
        return SqlLiteral.createCharString(value.toString(), position);
    }
}
