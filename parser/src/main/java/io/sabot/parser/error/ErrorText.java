package io.sabot.parser.error;

/** Draws an error with the line of SQL it points at. */
final class ErrorText {
    /** Deeper, the line begins with blanks in the place of a script's earlier statements: they are not shown. */
    private static final int INDENT_MAX = 8;

    private ErrorText() {}

    static String render(SabotException error, String sql) {
        StringBuilder text = new StringBuilder();
        text.append("ERROR ").append(error.sqlState()).append(": ").append(error.what());
        appendPlace(text, error.span(), sql);
        error.why()
                .ifPresent(
                        why -> why.lines().forEach(line -> text.append("\n  ").append(line)));
        error.hint().ifPresent(hint -> text.append("\n  Hint: ").append(hint));
        return text.toString();
    }

    private static void appendPlace(StringBuilder text, SqlSpan span, String sql) {
        if (!span.isKnown()) {
            return;
        }
        text.append("\n  ").append(span);
        String[] lines = sql.split("\r\n|\r|\n", -1);
        if (span.line() > lines.length || lines[span.line() - 1].isBlank()) {
            return;
        }
        String line = lines[span.line() - 1].replace('\t', ' ');
        String head = "  line " + span.line() + ", column " + span.column() + ":  ";
        text.setLength(text.length() - (2 + span.toString().length()));
        int end = span.endLine() == span.line() ? Math.min(span.endColumn(), line.length()) : line.length();
        int width = Math.max(1, end - span.column() + 1);
        int hidden = hidden(line);
        text.append(head).append(line.substring(hidden)).append('\n');
        text.append(" ".repeat(head.length() + Math.max(0, span.column() - 1 - hidden)))
                .append("^".repeat(width));
    }

    private static int hidden(String line) {
        int indent = line.length() - line.stripLeading().length();
        return indent > INDENT_MAX ? indent : 0;
    }
}
