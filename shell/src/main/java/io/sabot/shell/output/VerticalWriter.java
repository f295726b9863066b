package io.sabot.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line per value, for rows too wide for a table. */
final class VerticalWriter implements ResultWriter {
    private final Writer out;
    private final Style style;
    private List<Column> columns = List.of();
    private int nameWidth;
    private long rowCount;

    VerticalWriter(Writer out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void begin(List<Column> columns) {
        this.columns = columns;
        nameWidth = columns.stream()
                .mapToInt(column -> ScreenText.width(column.name()))
                .max()
                .orElse(0);
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        out.write("-[ row " + ++rowCount + " ]" + "-".repeat(Math.max(4, nameWidth)) + "\n");
        for (int i = 0; i < values.length; i++) {
            String value = ValueText.of(values[i], style.nullText().orElse("NULL"));
            out.write(ScreenText.padRight(ValueText.oneLine(columns.get(i).name()), nameWidth));
            out.write(style.isDrawn() ? " │ " : " | ");
            out.write(ValueText.oneLine(value));
            out.write('\n');
        }
    }

    @Override
    public void end(Summary summary) throws IOException {
        out.write(summary + "\n");
    }
}
