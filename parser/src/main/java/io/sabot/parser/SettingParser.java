package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.parser.statement.ResetOption;
import io.sabot.parser.statement.SetOption;
import io.sabot.parser.statement.Show;
import io.sabot.parser.statement.ShowKind;
import io.sabot.parser.statement.Source;
import io.sabot.parser.statement.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SET and RESET, from the characters and not from tokens: keys and values need no quotes ({@code SET a.interval =
 * 10s}), and what stands there then is seldom SQL.
 */
final class SettingParser {
    private static final String QUOTED = "'(?:[^']|'')*'";
    private static final Pattern SET =
            Pattern.compile("(" + QUOTED + "|[^\\s=']+)\\s*=\\s*(" + QUOTED + "|[^\\s'\"](?:[^']*[^\\s'])?)");
    private static final Pattern KEY = Pattern.compile(QUOTED + "|[^\\s=']+");

    private final Cursor cursor;

    SettingParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Statement parse() {
        Token first = cursor.take();
        boolean isSet = "SET".equalsIgnoreCase(first.image);
        if (cursor.atEnd()) {
            Source source = cursor.sourceFrom(first);
            return isSet ? new Show(source, ShowKind.SETTINGS, null, null) : new ResetOption(source, null);
        }
        int start = cursor.script().offset(cursor.peek(1).beginLine, cursor.peek(1).beginColumn);
        while (!cursor.atEnd()) {
            if (cursor.peek(1) instanceof BadToken bad && bad.flaw() == BadToken.Flaw.UNTERMINATED_STRING) {
                throw cursor.unexpected();
            }
            cursor.take();
        }
        Source source = cursor.sourceFrom(first);
        int end = cursor.script().offset(source.span().endLine(), source.span().endColumn()) + 1;
        Matcher matcher = (isSet ? SET : KEY).matcher(cursor.script().text()).region(start, end);
        if (!matcher.matches()) {
            throw malformed(isSet, cursor.script().span(start, end));
        }
        if (!isSet) {
            return new ResetOption(source, new Name(unquote(matcher.group()), span(matcher, 0)));
        }
        return new SetOption(
                source,
                new OptionEntry(
                        unquote(matcher.group(1)), unquote(matcher.group(2)), span(matcher, 1), span(matcher, 2)));
    }

    private SqlSpan span(Matcher matcher, int group) {
        return cursor.script().span(matcher.start(group), matcher.end(group));
    }

    private static SabotException malformed(boolean isSet, SqlSpan span) {
        return SabotException.of(ErrorCode.SYNTAX_ERROR, isSet ? "SET needs a key and a value" : "RESET takes one key")
                .at(span)
                .hint(
                        isSet
                                ? "write SET 'key' = 'value', or SET alone to list all"
                                : "write RESET 'key', or RESET alone for all");
    }

    private static String unquote(String text) {
        return text.startsWith("'") ? text.substring(1, text.length() - 1).replace("''", "'") : text;
    }
}
