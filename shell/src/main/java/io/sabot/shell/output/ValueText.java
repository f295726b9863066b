package io.sabot.shell.output;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as a person reads them. */
final class ValueText {
    private ValueText() {}

    /** One value, null as the text given. */
    static String of(@Nullable Object value, String nullText) {
        if (value == null) {
            return nullText;
        }
        if (value instanceof Boolean truth) {
            return truth ? "TRUE" : "FALSE";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> of(element, "NULL")).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> of(entry.getKey(), "NULL") + "=" + of(entry.getValue(), "NULL"))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    /** The text on one line and without control characters, which could move the cursor or recolour the terminal. */
    static String oneLine(String text) {
        int i = 0;
        while (i < text.length() && !Character.isISOControl(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        var line = new StringBuilder(text.substring(0, i));
        for (; i < text.length(); i++) {
            appendVisible(line, text.charAt(i));
        }
        return line.toString();
    }

    private static void appendVisible(StringBuilder line, char c) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (Character.isISOControl(c)) {
                    line.append(String.format("\\u%04x", (int) c));
                } else {
                    line.append(c);
                }
            }
        }
    }
}
