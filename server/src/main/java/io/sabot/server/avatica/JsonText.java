package io.sabot.server.avatica;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nested values as JSON: rows and maps as objects, arrays as arrays, byte strings in base64, times as SQL prints them. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder();
    private final ZoneId zone;

    private JsonText(ZoneId zone) {
        this.zone = zone;
    }

    /** A value of {@link io.sabot.server.session.ResultValues}. */
    static String of(@Nullable Object value, ZoneId zone) {
        JsonText json = new JsonText(zone);
        json.append(value);
        return json.text.toString();
    }

    private void append(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            appendObject(map);
        } else if (value instanceof List<?> list) {
            appendArray(list);
        } else if (value == null || value instanceof Boolean || isFinite(value)) {
            text.append(value);
        } else {
            quote(plain(value));
        }
    }

    private static boolean isFinite(Object value) {
        return value instanceof Number number
                && !(number instanceof Double d && !Double.isFinite(d))
                && !(number instanceof Float f && !Float.isFinite(f));
    }

    private void appendObject(Map<?, ?> map) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            quote(entry.getKey() == null ? "null" : plain(entry.getKey()));
            text.append(':');
            append(entry.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private void appendArray(List<?> list) {
        text.append('[');
        String separator = "";
        for (Object element : list) {
            text.append(separator);
            append(element);
            separator = ",";
        }
        text.append(']');
    }

    private String plain(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof LocalDateTime local) {
            return SqlText.local(local, digits(local));
        }
        if (value instanceof Instant instant) {
            return SqlText.offset(instant, zone, digits(instant));
        }
        if (value instanceof LocalTime time) {
            return SqlText.time(time, digits(time));
        }
        if (value instanceof Duration duration) {
            return SqlText.dayTime(duration);
        }
        if (value instanceof Period period) {
            return SqlText.yearMonth(period);
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return of(value, zone);
        }
        return value.toString();
    }

    private static int digits(TemporalAccessor time) {
        int nano = time.get(ChronoField.NANO_OF_SECOND);
        return nano == 0 ? 0 : nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
    }

    private void quote(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
