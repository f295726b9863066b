package io.sabot.parser.statement;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;

/**
 * {@code CREATE FUNCTION}.
 *
 * @param system whether the name stands without catalog and database in every one
 */
public record CreateFunction(
        Source source, boolean temporary, boolean system, boolean ifNotExists, ObjectName name, Body body)
        implements Statement {
    /** What computes it. */
    public sealed interface Body {}

    /** {@code AS 'class' LANGUAGE JAVA [USING JAR 'path', …]}. */
    public record JavaClass(Name className, List<Name> jars) implements Body {
        public JavaClass {
            jars = List.copyOf(jars);
        }
    }

    /**
     * {@code (a INT, …) RETURNS INT LANGUAGE SQL AS '…'}.
     *
     * @param text the string as it was written
     * @param expression what it holds
     */
    public record SqlBody(List<Parameter> parameters, SqlDataTypeSpec result, Name text, SqlNode expression)
            implements Body {
        public SqlBody {
            parameters = List.copyOf(parameters);
        }
    }

    /** A parameter of a function written in SQL. */
    public record Parameter(Name name, SqlDataTypeSpec type) {}
}
