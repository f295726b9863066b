package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.text.SqlSpans;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A name of one to three parts: {@code [[catalog.]database.]object}; as a column path any number of parts.
 *
 * @param parts at least one
 */
public record ObjectName(List<Name> parts) {
    public ObjectName {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a name needs a part");
        }
    }

    /** A name that stands in no text. */
    public static ObjectName of(String... parts) {
        return new ObjectName(List.of(parts).stream().map(Name::of).toList());
    }

    /** The words, outermost first. */
    public List<String> values() {
        return parts.stream().map(Name::value).toList();
    }

    /** The last word: the object's own name. */
    public String last() {
        return parts.get(parts.size() - 1).value();
    }

    /** From the first part to the last. */
    public SqlSpan span() {
        return SqlSpans.join(parts.get(0).span(), parts.get(parts.size() - 1).span());
    }

    /** The same as Calcite's node, with positions. */
    public SqlIdentifier identifier() {
        List<SqlParserPos> positions =
                parts.stream().map(part -> SqlSpans.position(part.span())).toList();
        return new SqlIdentifier(values(), null, SqlSpans.position(span()), positions);
    }

    /** Parts joined by dots, unquoted: for messages. */
    @Override
    public String toString() {
        return parts.stream().map(Name::value).collect(Collectors.joining("."));
    }
}
