package io.sabot.shell.prompt;

import java.util.List;
import org.jline.reader.CompletingParsedLine;

/** The line as completion sees it: the text before the word at the cursor, and that word. */
record WordAtCursor(String line, int cursor, int start, int end) implements CompletingParsedLine {

    static WordAtCursor of(String line, int cursor) {
        int start = cursor;
        while (start > 0 && isPartOfWord(line.charAt(start - 1))) {
            start--;
        }
        if (start > 0 && isCommandStart(line, start)) {
            start--;
        }
        int end = cursor;
        while (end < line.length() && isPartOfWord(line.charAt(end))) {
            end++;
        }
        return new WordAtCursor(line, cursor, start, end);
    }

    /** The dot or backslash belongs to the word when nothing is before it. */
    private static boolean isCommandStart(String line, int start) {
        char c = line.charAt(start - 1);
        return (c == '.' || c == '\\') && line.substring(0, start - 1).isBlank();
    }

    private static boolean isPartOfWord(char c) {
        return Character.isJavaIdentifierPart(c) || c == '`';
    }

    String before() {
        return line.substring(0, start);
    }

    @Override
    public String word() {
        return line.substring(start, end);
    }

    @Override
    public int wordCursor() {
        return cursor - start;
    }

    @Override
    public int wordIndex() {
        return before().isBlank() ? 0 : 1;
    }

    @Override
    public List<String> words() {
        return before().isBlank() ? List.of(word()) : List.of(before(), word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return wordCursor();
    }

    @Override
    public int rawWordLength() {
        return end - start;
    }
}
