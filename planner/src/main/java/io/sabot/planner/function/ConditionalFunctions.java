package io.sabot.planner.function;

import static io.sabot.planner.function.Signatures.NEVER_NULL_BOOLEAN;
import static io.sabot.planner.function.Signatures.NEVER_NULL_STRING;
import static io.sabot.planner.function.Signatures.scalar;
import static io.sabot.planner.function.Signatures.upTo;

import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** Functions that choose between values, or tell and change their types. */
final class ConditionalFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            of(SqlStdOperatorTable.NULLIF, "NULLIF(a, b)", "NULL if both are equal, else a")
                    .nulls(NullRule.AWARE)
                    .example("NULLIF(5, 0)", "5")
                    .example("NULLIF(5, 5)", "NULL"),
            of(SqlStdOperatorTable.COALESCE, "COALESCE(a, b, …)", "The first value that is not NULL")
                    .nulls(NullRule.AWARE)
                    .example("COALESCE(CAST(NULL AS INT), 5, 6)", "5"),
            of(
                            SqlLibraryOperators.IF,
                            "IF(condition, a, b)",
                            "a where the condition is TRUE, else b; the other one is not computed")
                    .nulls(NullRule.AWARE)
                    .example("IF(5 > 3, 'yes', 'no')", "yes")
                    .example("IF(CAST(NULL AS BOOLEAN), 1, 2)", "2"),
            of(SqlLibraryOperators.IFNULL, "IFNULL(a, b)", "a where it is not NULL, else b")
                    .nulls(NullRule.AWARE)
                    .example("IFNULL(CAST(NULL AS INT), 7)", "7"),
            of(SqlLibraryOperators.GREATEST, "GREATEST(a, b, …)", "The largest of the values")
                    .example("GREATEST(1, 3, 2)", "3"),
            of(SqlLibraryOperators.LEAST, "LEAST(a, b, …)", "The smallest of the values")
                    .example("LEAST('b', 'a')", "a"),
            of(
                            scalar("IS_ALPHA", NEVER_NULL_BOOLEAN, OperandTypes.ANY),
                            "IS_ALPHA(text)",
                            "Whether a text is made of letters only; FALSE for the empty text and NULL")
                    .nulls(NullRule.NEVER)
                    .example("IS_ALPHA('abc')", "TRUE")
                    .example("IS_ALPHA('ab1')", "FALSE"),
            of(
                            scalar("IS_DIGIT", NEVER_NULL_BOOLEAN, OperandTypes.ANY),
                            "IS_DIGIT(text)",
                            "Whether a text is made of digits only; FALSE for the empty text and NULL")
                    .nulls(NullRule.NEVER)
                    .example("IS_DIGIT('123')", "TRUE"),
            of(
                            scalar("IS_DECIMAL", NEVER_NULL_BOOLEAN, OperandTypes.ANY),
                            "IS_DECIMAL(text)",
                            "Whether a text is a number; FALSE for the empty text and NULL")
                    .nulls(NullRule.NEVER)
                    .example("IS_DECIMAL('-1.5')", "TRUE")
                    .example("IS_DECIMAL('x')", "FALSE"),
            of(
                            CastOperator.CAST,
                            "CAST(value AS type)",
                            "The value in another type; a text that is no value of the type fails")
                    .example("CAST('12' AS INT)", "12")
                    .example("CAST(12.7 AS INT)", "12"),
            of(CastOperator.TRY_CAST, "TRY_CAST(value AS type)", "The value in another type; NULL where CAST fails")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("TRY_CAST('x' AS INT)", "NULL"),
            of(
                            scalar("TYPEOF", NEVER_NULL_STRING, upTo(1, SqlTypeFamily.ANY, SqlTypeFamily.BOOLEAN)),
                            "TYPEOF(value [, serializable])",
                            "The type of the value as the planner knows it")
                    .nulls(NullRule.NEVER)
                    .example("TYPEOF(1)", "INT NOT NULL"));

    private ConditionalFunctions() {}

    private static FunctionDefinition of(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.CONDITIONAL, operator, syntax, description);
    }
}
