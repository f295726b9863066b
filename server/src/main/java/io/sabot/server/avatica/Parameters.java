package io.sabot.server.avatica;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.calcite.avatica.remote.TypedValue;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Values for {@code ?} as they travel, made into values of the parameter's type, as ResultValues has them. */
final class Parameters {
    private final ZoneId zone;

    Parameters(ZoneId zone) {
        this.zone = zone;
    }

    List<@Nullable Object> values(List<? extends @Nullable TypedValue> given, List<DataType> types) {
        if (given.size() != types.size()) {
            throw SabotException.of(
                    ErrorCode.INVALID_PARAMETER,
                    "the statement has " + types.size() + " parameters, but " + given.size() + " values were given");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            TypedValue value = given.get(i);
            try {
                values.add(value == null ? null : convert(value.value, types.get(i)));
            } catch (ArithmeticException e) {
                throw bad(ErrorCode.NUMERIC_OUT_OF_RANGE, i, types.get(i));
            } catch (DateTimeException e) {
                throw bad(ErrorCode.INVALID_DATETIME, i, types.get(i));
            } catch (IllegalArgumentException | ClassCastException e) {
                throw bad(ErrorCode.INVALID_CAST, i, types.get(i));
            }
        }
        return values;
    }

    private static SabotException bad(ErrorCode code, int index, DataType type) {
        return SabotException.of(code, "the value of parameter " + (index + 1) + " is no " + type.name());
    }

    private @Nullable Object convert(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        if (value instanceof TypedValue nested) {
            return convert(nested.value, type);
        }
        if (type instanceof ArrayType array && value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(convert(element, array.element())));
            return elements;
        }
        if (!(type instanceof AtomicType atomic)) {
            throw new IllegalArgumentException();
        }
        return switch (atomic.kind()) {
            case BOOLEAN -> value instanceof Boolean ? value : bool(value.toString());
            case TINYINT -> number(value).byteValueExact();
            case SMALLINT -> number(value).shortValueExact();
            case INT -> number(value).intValueExact();
            case BIGINT -> number(value).longValueExact();
            case FLOAT -> value instanceof Number n ? n.floatValue() : Float.parseFloat(value.toString());
            case DOUBLE -> value instanceof Number n ? n.doubleValue() : Double.parseDouble(value.toString());
            case DECIMAL -> number(value);
            case CHAR, VARCHAR -> value.toString();
            case BINARY, VARBINARY -> bytes(value);
            case DATE -> value instanceof Number days ? LocalDate.ofEpochDay(days.longValue()) : date(value.toString());
            case TIME ->
                value instanceof Number millis
                        ? LocalTime.MIDNIGHT.plus(millis.longValue(), ChronoUnit.MILLIS)
                        : LocalTime.parse(value.toString());
            case TIMESTAMP -> value instanceof Number millis ? reading(millis.longValue()) : local(value.toString());
            case TIMESTAMP_LTZ ->
                value instanceof Number millis
                        ? reading(millis.longValue()).atZone(zone).toInstant()
                        : instant(value.toString());
            case NULL -> value;
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> throw new IllegalArgumentException();
        };
    }

    private static BigDecimal number(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Boolean) {
            throw new IllegalArgumentException();
        }
        return new BigDecimal(value.toString().trim());
    }

    private static boolean bool(String text) {
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return false;
        }
        throw new IllegalArgumentException(text);
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        return value instanceof ByteString string
                ? string.getBytes()
                : Base64.getDecoder().decode(value.toString());
    }

    private static LocalDateTime reading(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    private static LocalDate date(String text) {
        return text.length() > 10 ? LocalDate.parse(text.substring(0, 10)) : LocalDate.parse(text);
    }

    private LocalDateTime local(String text) {
        String iso = text.replace(' ', 'T');
        if (hasOffset(iso)) {
            return LocalDateTime.ofInstant(OffsetDateTime.parse(iso).toInstant(), zone);
        }
        return iso.indexOf('T') < 0 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
    }

    private Instant instant(String text) {
        String iso = text.replace(' ', 'T');
        return hasOffset(iso)
                ? OffsetDateTime.parse(iso).toInstant()
                : local(text).atZone(zone).toInstant();
    }

    private static boolean hasOffset(String iso) {
        int time = iso.indexOf('T');
        return time > 0 && (iso.endsWith("Z") || iso.indexOf('+', time) > 0 || iso.indexOf('-', time) > 0);
    }
}
