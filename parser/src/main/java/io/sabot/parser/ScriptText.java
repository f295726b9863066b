package io.sabot.parser;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.impl.Token;
import java.util.Arrays;

/** A whole script with the offset at which each line starts; lines end at \n, \r or \r\n. */
final class ScriptText {
    private final String text;
    private final int[] lineStarts;

    ScriptText(String text) {
        this.text = text;
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
                starts = count == starts.length ? Arrays.copyOf(starts, count * 2) : starts;
                starts[count++] = i + 1;
            }
        }
        this.lineStarts = Arrays.copyOf(starts, count);
    }

    String text() {
        return text;
    }

    /** Offset of a place; line and column from 1. */
    int offset(int line, int column) {
        return Math.min(lineStarts[line - 1] + column - 1, text.length());
    }

    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int column(int offset) {
        return offset - lineStarts[line(offset) - 1] + 1;
    }

    /** The stretch between two offsets, the second exclusive and greater. */
    SqlSpan span(int from, int to) {
        return new SqlSpan(line(from), column(from), line(to - 1), column(to - 1));
    }

    /** From the first character of one token to the last of another. */
    SqlSpan span(Token first, Token last) {
        return new SqlSpan(first.beginLine, first.beginColumn, last.endLine, last.endColumn);
    }

    /** The text from the first character of one token to the last of another. */
    String between(Token first, Token last) {
        return text.substring(offset(first.beginLine, first.beginColumn), offset(last.endLine, last.endColumn) + 1);
    }
}
