package io.sabot.planner.validate;

import io.sabot.catalog.Guess;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.type.CollectionTypeSpec;
import io.sabot.parser.type.MapTypeSpec;
import io.sabot.parser.type.RowTypeSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Names that stand where a type must: Calcite takes them for types of users, and complains as of any identifier. */
final class UnknownTypes {
    private static final Pattern UNKNOWN = Pattern.compile("Unknown identifier '([^']*)'");
    private static final List<String> NAMES = List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL",
            "STRING",
            "CHAR",
            "VARCHAR",
            "BYTES",
            "BINARY",
            "VARBINARY",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP_LTZ",
            "INTERVAL",
            "ARRAY",
            "MAP",
            "MULTISET",
            "ROW");
    private static final List<String> OTHER_NAMES = List.of("INTEGER", "NUMERIC", "DEC");

    private UnknownTypes() {}

    /** The error for a complaint about a statement, if it is about a type. */
    static Optional<SabotException> find(String message, SqlNode statement) {
        Matcher matcher = UNKNOWN.matcher(message);
        if (!matcher.matches() || !new Finder(matcher.group(1)).isIn(statement)) {
            return Optional.empty();
        }
        String name = matcher.group(1);
        SabotException error = SabotException.of(ErrorCode.UNDEFINED_OBJECT, "type '" + name + "' does not exist")
                .why("types are " + String.join(", ", NAMES));
        String upper = name.toUpperCase(Locale.ROOT);
        return Optional.of(Guess.closest(upper, NAMES)
                .or(() -> Guess.closest(upper, OTHER_NAMES))
                .map(guess -> error.hint("did you mean " + guess + "?"))
                .orElse(error));
    }

    /** Looks for a name among the types of a statement, and the types within them. */
    private static final class Finder extends SqlBasicVisitor<@Nullable Void> {
        private final String name;
        private boolean found;

        Finder(String name) {
            this.name = name;
        }

        boolean isIn(SqlNode statement) {
            statement.accept(this);
            return found;
        }

        @Override
        public @Nullable Void visit(SqlDataTypeSpec type) {
            SqlTypeNameSpec spec = type.getTypeNameSpec();
            if (spec instanceof CollectionTypeSpec collection) {
                visit(collection.element());
            } else if (spec instanceof MapTypeSpec map) {
                visit(map.key());
                visit(map.value());
            } else if (spec instanceof RowTypeSpec row) {
                row.fields().forEach(field -> visit(field.type()));
            } else {
                found |= spec instanceof SqlUserDefinedTypeNameSpec
                        && spec.getTypeName().toString().equals(name);
            }
            return null;
        }
    }
}
