package io.sabot.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values by the quoting rules of RFC 4180, lines ending in a line feed. NULL is an empty field and an empty
 * string is {@code ""}, so that they can be told apart.
 */
final class CsvWriter implements ResultWriter {
    private final Writer out;
    private final Style style;

    CsvWriter(Writer out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        if (style.hasHeader()) {
            for (int i = 0; i < columns.size(); i++) {
                field(i, quoted(columns.get(i).name()));
            }
            out.write('\n');
        }
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            field(i, value == null ? style.nullText().orElse("") : quoted(text(value)));
        }
        out.write('\n');
    }

    private void field(int index, String text) throws IOException {
        if (index > 0) {
            out.write(',');
        }
        out.write(text);
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        return ValueText.of(value, "NULL");
    }

    private static String quoted(String text) {
        return needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return text.isEmpty() || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ';
    }

    @Override
    public void end(Summary summary) {}
}
