package io.sabot.shell.prompt;

import io.sabot.shell.text.ScriptItem;
import io.sabot.shell.text.StatementSplitter;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine when what was typed is whole: a command of the shell at once, SQL at its semicolon. */
final class StatementParser implements Parser {

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean isAccepting = context == ParseContext.ACCEPT_LINE || context == ParseContext.UNSPECIFIED;
        if (isAccepting && !ScriptItem.isCommand(line) && !StatementSplitter.isComplete(line)) {
            throw new EOFError(-1, cursor, "the statement has no ; yet", "");
        }
        return WordAtCursor.of(line, cursor);
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }
}
