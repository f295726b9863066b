package io.sabot.shell.output;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON (RFC 8259). What JSON lacks becomes a string: NaN and infinities by name, binary in Base64. */
final class JsonText {
    private JsonText() {}

    static String quoted(String text) {
        var json = new StringBuilder();
        appendQuoted(json, text);
        return json.toString();
    }

    static void append(StringBuilder json, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Number number) {
            appendNumber(json, number);
        } else if (value instanceof byte[] bytes) {
            appendQuoted(json, Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof List<?> list) {
            appendList(json, list);
        } else if (value instanceof Map<?, ?> map) {
            appendMap(json, map);
        } else {
            appendQuoted(json, value.toString());
        }
    }

    private static void appendNumber(StringBuilder json, Number number) {
        double approximate = number.doubleValue();
        if (number instanceof BigDecimal decimal) {
            json.append(decimal.toPlainString());
        } else if (Double.isNaN(approximate) || Double.isInfinite(approximate)) {
            appendQuoted(json, number.toString());
        } else {
            json.append(number);
        }
    }

    private static void appendList(StringBuilder json, List<?> list) {
        json.append('[');
        String comma = "";
        for (Object element : list) {
            json.append(comma);
            append(json, element);
            comma = ",";
        }
        json.append(']');
    }

    private static void appendMap(StringBuilder json, Map<?, ?> map) {
        json.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.append(comma);
            appendQuoted(json, String.valueOf(entry.getKey()));
            json.append(':');
            append(json, entry.getValue());
            comma = ",";
        }
        json.append('}');
    }

    private static void appendQuoted(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
