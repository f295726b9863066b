package io.sabot.parser.text;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;

/** Builds SQL text in normal form: words with one blank between them, names in backticks, strings quoted. */
public final class SqlText {
    private final StringBuilder text = new StringBuilder();

    /** A query or expression in normal form. */
    public static String of(SqlNode node) {
        SqlWriterConfig config = SqlPrettyWriter.config()
                .withDialect(SabotDialect.INSTANCE)
                .withQuoteAllIdentifiers(true)
                .withAlwaysUseParentheses(false)
                .withSelectListItemsOnSeparateLines(false)
                .withUpdateSetListNewline(false)
                .withIndentation(2);
        try {
            return new SqlPrettyWriter(config).format(node);
        } catch (StackOverflowError e) {
            throw SabotException.of(ErrorCode.TOO_MANY, "the statement is nested too deeply")
                    .at(SqlSpans.of(node))
                    .causedBy(e);
        }
    }

    /** A data type in normal form, with NOT NULL if it says so. */
    public static String of(SqlDataTypeSpec type) {
        String name = of((SqlNode) type);
        return Boolean.FALSE.equals(type.getNullable()) ? name + " NOT NULL" : name;
    }

    /** A name in backticks. */
    public static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A string in quotes. */
    public static String string(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** Appends keywords or other text as it is, set off by a blank. */
    public SqlText words(String words) {
        if (!text.isEmpty() && !words.isEmpty() && !endsOpen()) {
            text.append(' ');
        }
        text.append(words);
        return this;
    }

    /** Appends keywords if a condition holds. */
    public SqlText wordsIf(boolean condition, String words) {
        return condition ? words(words) : this;
    }

    /** Appends the parts of a name. */
    public SqlText name(List<String> parts) {
        return words(String.join(".", parts.stream().map(SqlText::identifier).toList()));
    }

    /** Appends a list in round brackets on one line. */
    public SqlText list(Collection<String> items) {
        return words("(" + String.join(", ", items) + ")");
    }

    /** Appends a list in round brackets, each item on a line of its own. */
    public SqlText lines(Collection<String> items) {
        words("(\n  " + String.join(",\n  ", items) + "\n)");
        return this;
    }

    /** Appends a line break in place of the next blank. */
    public SqlText newLine() {
        text.append('\n');
        return this;
    }

    private boolean endsOpen() {
        char last = text.charAt(text.length() - 1);
        return last == '\n' || last == ' ';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
