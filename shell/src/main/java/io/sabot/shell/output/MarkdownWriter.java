package io.sabot.shell.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table in GitHub's Markdown. The header stays: without one it is no table. */
final class MarkdownWriter implements ResultWriter {
    private final Writer out;
    private final String nullText;

    MarkdownWriter(Writer out, Style style) {
        this.out = out;
        this.nullText = style.nullText().orElse("NULL");
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        var names = new StringBuilder("|");
        var rule = new StringBuilder("|");
        for (Column column : columns) {
            names.append(' ').append(cell(column.name())).append(" |");
            rule.append(column.kind().isNumber() ? " ---: |" : " --- |");
        }
        out.append(names).append('\n').append(rule).append('\n');
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        var line = new StringBuilder("|");
        for (Object value : values) {
            line.append(' ').append(cell(ValueText.of(value, nullText))).append(" |");
        }
        out.append(line).append('\n');
    }

    private static String cell(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("\r\n", "\n")
                .replace("\n", "<br>");
        return ValueText.oneLine(escaped);
    }

    @Override
    public void end(Summary summary) {}
}
