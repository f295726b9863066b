package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Values of SQL as values of JSON, and texts as strings of JSON. */
final class JsonText {
    private JsonText() {}

    /**
     * What {@link JsonPaths#write} writes for a value: rows are objects, byte strings Base64, times ISO texts.
     *
     * @throws IllegalArgumentException for keys of maps that are no texts
     */
    static @Nullable Object of(@Nullable Object value, DataType type, EvaluationContext context) {
        if (value == null) {
            return null;
        }
        if (type instanceof RowType row) {
            Object[] fields = (Object[]) value;
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int i = 0; i < fields.length; i++) {
                object.put(
                        row.fields().get(i).name(),
                        of(fields[i], row.fields().get(i).type(), context));
            }
            return object;
        }
        if (type instanceof ArrayType array) {
            return list((List<?>) value, array.element(), context);
        }
        if (type instanceof MapType map) {
            Map<String, @Nullable Object> object = new TreeMap<>();
            ((Map<?, ?>) value)
                    .forEach((key, entry) -> object.put(key(key, map.key()), of(entry, map.value(), context)));
            return object;
        }
        if (type instanceof MultisetType multiset) {
            Map<String, @Nullable Object> counts = new TreeMap<>();
            ((List<?>) value)
                    .forEach(element ->
                            counts.merge(key(element, multiset.element()), 1, (a, b) -> (Integer) a + (Integer) b));
            return counts;
        }
        return atomic(value, (AtomicType) type, context);
    }

    private static List<@Nullable Object> list(List<?> elements, DataType type, EvaluationContext context) {
        List<@Nullable Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(of(element, type, context)));
        return list;
    }

    private static String key(@Nullable Object key, DataType type) {
        if (key instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("keys of JSON are texts, not " + type.name());
    }

    private static Object atomic(Object value, AtomicType type, EvaluationContext context) {
        return switch (type.kind()) {
            case BINARY, VARBINARY -> Base64.getEncoder().encodeToString(((ByteString) value).getBytes());
            case TIMESTAMP -> BoxText.timestamp((Long) value, type.precision(), 'T', false);
            case TIMESTAMP_LTZ -> BoxText.timestamp((Long) value, type.precision(), 'T', false) + "Z";
            case DATE, TIME, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> BoxText.of(value, type, context);
            case FLOAT, DOUBLE -> isFinite(value) ? widened((Number) value) : value;
            default -> value;
        };
    }

    /** With the digits of a DOUBLE, for FLOAT too, as Flink writes it. */
    private static BigDecimal widened(Number number) {
        return new BigDecimal(Double.toString(number.doubleValue()));
    }

    private static boolean isFinite(Object number) {
        return Double.isFinite(((Number) number).doubleValue());
    }

    /** A text as a string of JSON in ASCII, {@code /} escaped too. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\', '/' -> quoted.append('\\').append(c);
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c > '~') {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** The text of a string of JSON; any other text as it is. */
    static String unquote(String json) {
        boolean quoted = json.length() > 1 && json.startsWith("\"") && json.endsWith("\"");
        if (!quoted || !JsonPaths.is(json, String.class)) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 1; i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c != '\\' || i + 1 >= json.length() - 1) {
                text.append(c);
                continue;
            }
            char escaped = json.charAt(++i);
            switch (escaped) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
