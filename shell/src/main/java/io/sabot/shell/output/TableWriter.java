package io.sabot.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A drawn table. Rows are held back until the columns' widths can be chosen from enough of them, or until a pause; a
 * never-ending result chooses widths from the types and shows each row at once; a longer number widens its column from
 * there on.
 */
final class TableWriter implements ResultWriter {
    private static final int HELD_ROWS_MAX = 1000;

    private final Writer out;
    private final Style style;
    private final TableFrame frame;
    private final List<String[]> held = new ArrayList<>();
    private List<Column> columns = List.of();
    private int @Nullable [] widths;

    TableWriter(Writer out, Style style) {
        this.out = out;
        this.style = style;
        this.frame = style.isDrawn() ? TableFrame.DRAWN : TableFrame.ASCII;
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        this.columns = columns;
        if (style.isNeverEnding()) {
            start(TableWidths.usual(columns, style.widthMax()));
        }
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        var texts = new String[values.length];
        int height = 1;
        for (int i = 0; i < texts.length; i++) {
            texts[i] = values[i] == null ? null : ValueText.of(values[i], "");
            height = Math.max(height, texts[i] == null ? 1 : texts[i].split("\n", -1).length);
        }
        for (int n = 0; n < height; n++) {
            cells(texts, n);
        }
    }

    /** One line of a row: texts of several lines, such as statements, are drawn below each other. */
    private void cells(@Nullable String[] texts, int lineNumber) throws IOException {
        var cells = new String[texts.length];
        for (int i = 0; i < cells.length; i++) {
            String text = texts[i];
            String[] lines = text == null ? new String[0] : text.split("\n", -1);
            boolean none = text == null && lineNumber == 0;
            cells[i] = none ? null : lineNumber < lines.length ? ValueText.oneLine(lines[lineNumber]) : "";
        }
        if (widths != null) {
            line(cells, widths);
            return;
        }
        held.add(cells);
        if (held.size() == HELD_ROWS_MAX) {
            showHeld();
        }
    }

    @Override
    public void pause() throws IOException {
        if (!held.isEmpty()) {
            showHeld();
        }
    }

    @Override
    public void end(Summary summary) throws IOException {
        if (widths == null) {
            showHeld();
        }
        if (widths != null) {
            // The terminal has shown Ctrl-C as ^C: the frame goes over it.
            out.write(summary.cancelled() && style.widthMax() > 0 ? "\r" : "");
            out.write(frame.bottom(widths));
        }
        out.write(summary + "\n");
    }

    private void showHeld() throws IOException {
        int[] chosen = TableWidths.fitting(columns, held, nullText(), style.widthMax());
        start(chosen);
        for (String[] cells : held) {
            line(cells, chosen);
        }
        held.clear();
    }

    private void start(int[] chosen) throws IOException {
        widths = chosen;
        out.write(frame.top(chosen));
        if (style.hasHeader()) {
            var line = new StringBuilder(frame.side());
            for (int i = 0; i < chosen.length; i++) {
                String name = fitted(ValueText.oneLine(columns.get(i).name()), i, chosen);
                line.append(' ').append(style.isColored() ? "\033[1m" + name + "\033[0m" : name);
                line.append(' ').append(frame.side());
            }
            out.append(line).append('\n');
            out.write(frame.middle(chosen));
        }
    }

    private void line(@Nullable String[] cells, int[] chosen) throws IOException {
        var line = new StringBuilder(frame.side());
        for (int i = 0; i < chosen.length; i++) {
            String cell = cells[i];
            String shown = cell == null ? nullText() : cell;
            if (columns.get(i).kind().isNumber()) {
                chosen[i] = Math.max(chosen[i], ScreenText.width(shown)); // the rows behind it stand below it
            }
            String text = fitted(shown, i, chosen);
            line.append(' ').append(cell == null && style.isColored() ? "\033[2m" + text + "\033[0m" : text);
            line.append(' ').append(frame.side());
        }
        out.append(line).append('\n');
    }

    /** Only text is cut, and only for a terminal: a number that lost digits would be another number. */
    private String fitted(String text, int column, int[] chosen) {
        boolean isNumber = columns.get(column).kind().isNumber();
        String shown = style.widthMax() > 0 && !isNumber ? ScreenText.cut(text, chosen[column]) : text;
        return isNumber ? ScreenText.padLeft(shown, chosen[column]) : ScreenText.padRight(shown, chosen[column]);
    }

    private String nullText() {
        return style.nullText().orElse("NULL");
    }
}
