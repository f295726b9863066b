package io.sabot.catalog.function;

import io.sabot.catalog.ObjectName;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Identifiers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A function that a user has made. Its name is in small letters: functions are found without regard to case.
 *
 * @param system whether it is found in every catalog and database; catalog and database of {@code name} are empty then
 */
public record UserFunction(ObjectName name, boolean temporary, boolean system, Body body) {
    /** What computes it. */
    public sealed interface Body {}

    /** A class; the jars are where it is looked for first, as absolute paths. */
    public record JavaClass(String className, List<String> jars) implements Body {
        public JavaClass {
            jars = List.copyOf(jars);
        }
    }

    /** An expression over the parameters. */
    public record SqlExpression(List<Field> parameters, DataType result, String sql) implements Body {
        public SqlExpression {
            parameters = List.copyOf(parameters);
        }
    }

    /** The name as users write it. */
    public String sqlName() {
        return system ? Identifiers.quote(name.name()) : name.sql();
    }

    /** The normalised {@code CREATE} statement that makes this function again, complete and without a semicolon. */
    public String createSql() {
        String begin =
                "CREATE " + (temporary ? "TEMPORARY " : "") + (system ? "SYSTEM " : "") + "FUNCTION " + sqlName();
        if (body instanceof JavaClass java) {
            String using = java.jars().stream()
                    .map(jar -> "JAR " + Identifiers.literal(jar))
                    .collect(Collectors.joining(", "));
            return begin + " AS " + Identifiers.literal(java.className()) + " LANGUAGE JAVA"
                    + (using.isEmpty() ? "" : " USING " + using);
        }
        SqlExpression expression = (SqlExpression) body;
        return begin
                + expression.parameters().stream()
                        .map(field -> Identifiers.quote(field.name()) + " "
                                + field.type().sql())
                        .collect(Collectors.joining(", ", " (", ")"))
                + " RETURNS " + expression.result().sql() + " LANGUAGE SQL AS "
                + Identifiers.literal(expression.sql());
    }
}
