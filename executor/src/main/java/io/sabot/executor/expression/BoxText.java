package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Values that {@link Boxes} makes as CAST prints them: {@code [1, NULL]}, {@code {a=1}}, {@code (1, x)}. */
final class BoxText {
    private BoxText() {}

    /** The text of a value, {@code NULL} for NULL. */
    static String of(@Nullable Object value, DataType type, EvaluationContext context) {
        if (value == null) {
            return "NULL";
        }
        if (type instanceof RowType row) {
            Object[] fields = (Object[]) value;
            StringJoiner text = new StringJoiner(", ", "(", ")");
            for (int i = 0; i < fields.length; i++) {
                text.add(of(fields[i], row.fields().get(i).type(), context));
            }
            return text.toString();
        }
        if (type instanceof ArrayType array) {
            StringJoiner text = new StringJoiner(", ", "[", "]");
            ((List<?>) value).forEach(element -> text.add(of(element, array.element(), context)));
            return text.toString();
        }
        if (type instanceof MapType map) {
            return entries((Map<?, ?>) value, map.key(), map.value(), context);
        }
        if (type instanceof MultisetType multiset) {
            Map<@Nullable Object, Integer> counts = new LinkedHashMap<>();
            ((List<?>) value).forEach(element -> counts.merge(element, 1, Integer::sum));
            return entries(counts, multiset.element(), AtomicType.INT, context);
        }
        return atomic(value, (AtomicType) type, context);
    }

    private static String entries(Map<?, ?> map, DataType key, DataType value, EvaluationContext context) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        map.forEach((k, v) -> text.add(of(k, key, context) + "=" + of(v, value, context)));
        return text.toString();
    }

    private static String atomic(Object value, AtomicType type, EvaluationContext context) {
        return switch (type.kind()) {
            case BOOLEAN -> value.toString().toUpperCase(Locale.ROOT);
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case BINARY, VARBINARY -> new String(((ByteString) value).getBytes(), StandardCharsets.UTF_8);
            case DATE -> LocalDate.ofEpochDay(((Number) value).longValue()).toString();
            case TIME -> time(((Number) value).longValue() * 1_000_000, Math.min(3, type.precision()), true);
            case TIMESTAMP -> timestamp((Long) value, type.precision(), ' ', true);
            case TIMESTAMP_LTZ -> {
                long units = Storage.unitsPerMilli(type.precision());
                long offset = new Zone(context.zone()).offset(Math.floorDiv((Long) value, units));
                yield timestamp((Long) value + offset * units, type.precision(), ' ', true);
            }
            case INTERVAL_DAY_TIME -> CastKernels.interval(((Number) value).longValue());
            case INTERVAL_YEAR_MONTH -> CastKernels.months(((Number) value).longValue());
            case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, CHAR, VARCHAR, NULL -> value.toString();
        };
    }

    /** A timestamp of a type's units; without {@code all} digits those behind the point that are 0 are left out. */
    static String timestamp(long value, int precision, char separator, boolean all) {
        long perSecond = Storage.unitsPerMilli(precision) * 1000;
        long seconds = Math.floorDiv(value, perSecond);
        long nanos = Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400));
        long nanoOfDay = Math.floorMod(seconds, 86_400) * 1_000_000_000L + nanos;
        return date.toString() + separator + time(nanoOfDay, all ? precision : 9, all);
    }

    private static String time(long nanoOfDay, int digits, boolean all) {
        long seconds = nanoOfDay / 1_000_000_000;
        String whole = String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        String fraction =
                String.format(Locale.ROOT, "%09d", nanoOfDay % 1_000_000_000).substring(0, digits);
        String kept = all ? fraction : fraction.replaceAll("0+$", "");
        return kept.isEmpty() ? whole : whole + "." + kept;
    }
}
