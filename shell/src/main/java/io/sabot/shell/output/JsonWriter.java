package io.sabot.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each row an object with numbers, booleans and nulls as themselves; all rows one array, or one object a line. */
final class JsonWriter implements ResultWriter {
    private final Writer out;
    private final boolean isArray;
    private String[] keys = new String[0];
    private boolean[] isJsonText = new boolean[0];
    private boolean hasRows;

    private JsonWriter(Writer out, boolean isArray) {
        this.out = out;
        this.isArray = isArray;
    }

    static JsonWriter array(Writer out) {
        return new JsonWriter(out, true);
    }

    static JsonWriter lines(Writer out) {
        return new JsonWriter(out, false);
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        keys = new String[columns.size()];
        isJsonText = new boolean[columns.size()];
        for (int i = 0; i < keys.length; i++) {
            Column column = columns.get(i);
            keys[i] = JsonText.quoted(column.name()) + ":";
            isJsonText[i] =
                    column.typeName().startsWith("MAP") || column.typeName().startsWith("MULTISET");
        }
        if (isArray) {
            out.write('[');
        }
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        if (isArray) {
            out.write(hasRows ? ",\n" : "\n");
        }
        hasRows = true;
        var line = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            line.append(i == 0 ? "" : ",").append(keys[i]);
            if (isJsonText[i] && values[i] instanceof String text) {
                line.append(text);
            } else {
                JsonText.append(line, values[i]);
            }
        }
        line.append('}');
        if (!isArray) {
            line.append('\n');
        }
        out.append(line);
    }

    @Override
    public void end(Summary summary) throws IOException {
        if (isArray) {
            out.write(hasRows ? "\n]\n" : "]\n");
        }
    }
}
