package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Storage;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Literals as constants of their lane. */
final class Literals {
    private Literals() {}

    /** The constant that a literal stands for. */
    static ConstantNode compile(RexLiteral literal, Arena arena) {
        DataType type = RexTypes.of(literal.getType());
        if (literal.isNull() || !(type instanceof AtomicType atomic)) {
            return ConstantNode.ofNull(type);
        }
        return switch (atomic.kind()) {
            case BOOLEAN -> ConstantNode.ofBoolean(type, RexLiteral.booleanValue(literal), arena);
            case TINYINT, SMALLINT, INT, BIGINT, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH ->
                ConstantNode.ofLong(type, value(literal, BigDecimal.class).longValue(), arena);
            case FLOAT ->
                ConstantNode.ofDouble(type, value(literal, Number.class).floatValue(), arena);
            case DOUBLE ->
                ConstantNode.ofDouble(type, value(literal, Number.class).doubleValue(), arena);
            case DECIMAL ->
                ConstantNode.ofDecimal(
                        type,
                        value(literal, BigDecimal.class)
                                .setScale(atomic.scale(), RoundingMode.HALF_UP)
                                .unscaledValue(),
                        arena);
            case CHAR, VARCHAR ->
                ConstantNode.ofText(type, value(literal, String.class).getBytes(StandardCharsets.UTF_8), arena);
            case BINARY, VARBINARY -> ConstantNode.ofText(type, value(literal, byte[].class), arena);
            case DATE ->
                ConstantNode.ofLong(type, value(literal, DateString.class).getDaysSinceEpoch(), arena);
            case TIME ->
                ConstantNode.ofLong(type, value(literal, TimeString.class).getMillisOfDay(), arena);
            case TIMESTAMP, TIMESTAMP_LTZ ->
                ConstantNode.ofLong(type, timestamp(value(literal, TimestampString.class), atomic.precision()), arena);
            case NULL -> ConstantNode.ofNull(type);
        };
    }

    private static <T> T value(RexLiteral literal, Class<T> form) {
        return Objects.requireNonNull((@Nullable T) literal.getValueAs(form));
    }

    static void checkRange(TimestampString text, long units) {
        if (units > TimeText.FINE && Math.abs(text.getMillisSinceEpoch()) > Long.MAX_VALUE / units - 1) {
            throw SabotException.of(ErrorCode.INVALID_DATETIME, "TIMESTAMP '" + text + "' is out of range")
                    .why("with more than 6 digits of a second, times reach from 1677-09-22 to 2262-04-11");
        }
    }

    /** Units since the epoch, with the digits that {@code TimestampString} keeps behind the milliseconds. */
    private static long timestamp(TimestampString text, int precision) {
        long units = Storage.unitsPerMilli(precision);
        String digits = text.toString();
        int point = digits.indexOf('.');
        String fraction = point < 0 ? "" : digits.substring(point + 1);
        long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
        checkRange(text, units);
        return text.getMillisSinceEpoch() * units + nanos % 1_000_000 / (1_000_000 / units);
    }
}
