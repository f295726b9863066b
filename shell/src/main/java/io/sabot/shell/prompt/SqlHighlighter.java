package io.sabot.shell.prompt;

import io.sabot.shell.text.ScriptItem;
import io.sabot.shell.text.SqlLexer;
import io.sabot.shell.text.Token;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours SQL while it is typed. */
final class SqlHighlighter implements Highlighter {
    private static final AttributedStyle KEYWORD = AttributedStyle.BOLD.foreground(AttributedStyle.BLUE);
    private static final AttributedStyle STRING = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle NUMBER = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle COMMENT = AttributedStyle.DEFAULT.faint();

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        if (ScriptItem.isCommand(buffer)) {
            return new AttributedString(buffer);
        }
        var colored = new AttributedStringBuilder(buffer.length());
        int done = 0;
        for (Token token : SqlLexer.tokens(buffer)) {
            colored.append(buffer, done, token.start());
            colored.styled(style(token, buffer), token.in(buffer));
            done = token.end();
        }
        return colored.append(buffer, done, buffer.length()).toAttributedString();
    }

    private static AttributedStyle style(Token token, String sql) {
        return switch (token.kind()) {
            case WORD -> SqlWords.isKeyword(token.in(sql)) ? KEYWORD : AttributedStyle.DEFAULT;
            case STRING -> STRING;
            case NUMBER -> NUMBER;
            case COMMENT, HINT -> COMMENT;
            case QUOTED_NAME, SEMICOLON, SYMBOL -> AttributedStyle.DEFAULT;
        };
    }
}
