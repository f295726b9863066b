package io.sabot.planner.function;

import static io.sabot.planner.function.Signatures.NUMBER;
import static io.sabot.planner.function.Signatures.STRING_OR_NULL;
import static io.sabot.planner.function.Signatures.TEXT;
import static io.sabot.planner.function.Signatures.WHOLE;
import static io.sabot.planner.function.Signatures.either;
import static io.sabot.planner.function.Signatures.upTo;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Aggregate functions. Where one is declared but not computed, the planner refuses the call by name. */
final class AggregateFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            of(
                            SqlStdOperatorTable.COUNT,
                            "COUNT(*)\nCOUNT([DISTINCT] x)",
                            "The number of rows, or of those where x is not NULL")
                    .nulls(NullRule.NEVER)
                    .example("SELECT COUNT(*) FROM (VALUES (1), (2)) AS t(x)", "2"),
            of(SqlStdOperatorTable.SUM, "SUM([DISTINCT] x)", "The sum, of the type of x; whole numbers wrap")
                    .example("SELECT SUM(x) FROM (VALUES (1), (2)) AS t(x)", "3"),
            of(SqlStdOperatorTable.AVG, "AVG([DISTINCT] x)", "The mean, of the type of x")
                    .example("SELECT AVG(x) FROM (VALUES (1), (4)) AS t(x)", "2"),
            of(SqlStdOperatorTable.MIN, "MIN(x)", "The smallest value")
                    .example("SELECT MIN(x) FROM (VALUES (1), (4)) AS t(x)", "1"),
            of(SqlStdOperatorTable.MAX, "MAX(x)", "The largest value")
                    .example("SELECT MAX(x) FROM (VALUES (1), (4)) AS t(x)", "4"),
            of(SqlStdOperatorTable.STDDEV_POP, "STDDEV_POP(x)", "The standard deviation of all values"),
            of(SqlStdOperatorTable.STDDEV_SAMP, "STDDEV_SAMP(x)", "The standard deviation of a sample"),
            of(SqlStdOperatorTable.STDDEV, "STDDEV(x)", "The same as STDDEV_SAMP"),
            of(SqlStdOperatorTable.VAR_POP, "VAR_POP(x)", "The variance of all values"),
            of(SqlStdOperatorTable.VAR_SAMP, "VAR_SAMP(x)", "The variance of a sample"),
            of(SqlStdOperatorTable.VARIANCE, "VARIANCE(x)", "The same as VAR_SAMP"),
            of(SqlStdOperatorTable.COLLECT, "COLLECT(x)", "The multiset of the values"),
            of(
                            aggregate("LISTAGG", STRING_OR_NULL, upTo(1, TEXT, TEXT)),
                            "LISTAGG([DISTINCT] text [, separator])",
                            "The texts, one behind the other with ',' or the separator between them")
                    .example("SELECT LISTAGG(x, '-') FROM (VALUES ('a'), ('b')) AS t(x)", "a-b"),
            of(
                            aggregate(
                                    "PERCENTILE",
                                    AggregateFunctions::percentile,
                                    either(
                                            upTo(2, NUMBER, NUMBER, WHOLE),
                                            upTo(2, NUMBER, SqlTypeFamily.ARRAY, WHOLE))),
                            "PERCENTILE(x, fraction [, frequency])\nPERCENTILE(x, ARRAY[fraction, …] [, frequency])",
                            "The value below which a fraction of the values lies, between two values where needed")
                    .example("SELECT PERCENTILE(x, 0.5) FROM (VALUES (1), (2), (4)) AS t(x)", "2.0"),
            of(
                            SqlStdOperatorTable.APPROX_COUNT_DISTINCT,
                            "APPROX_COUNT_DISTINCT(x)",
                            "About how many different values there are")
                    .nulls(NullRule.NEVER),
            of(
                            SqlStdOperatorTable.JSON_OBJECTAGG,
                            "JSON_OBJECTAGG([KEY] key VALUE value [NULL | ABSENT ON NULL])",
                            "A JSON object of the keys and values")
                    .named("JSON_OBJECTAGG"),
            of(
                            SqlStdOperatorTable.JSON_ARRAYAGG,
                            "JSON_ARRAYAGG(value [NULL | ABSENT ON NULL])",
                            "A JSON array of the values")
                    .named("JSON_ARRAYAGG"),
            of(SqlLibraryOperators.ARRAY_AGG, "ARRAY_AGG([DISTINCT] x)", "The array of the values")
                    .nulls(NullRule.AWARE),
            of(aggregate("FIRST_VALUE"), "FIRST_VALUE(x)", "The value that came first"),
            of(aggregate("LAST_VALUE"), "LAST_VALUE(x)", "The value that came last"),
            of(SqlStdOperatorTable.GROUPING, "GROUPING(x, …)", "1 where the row is a total over x, else 0")
                    .nulls(NullRule.NEVER),
            of(SqlStdOperatorTable.GROUPING_ID, "GROUPING_ID(x, …)", "The bits of GROUPING of each argument")
                    .nulls(NullRule.NEVER));

    private AggregateFunctions() {}

    private static SqlAggFunction aggregate(
            String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        return SqlBasicAggFunction.create(name, SqlKind.OTHER_FUNCTION, result, arguments);
    }

    /** A DOUBLE, or an array of them when an array of fractions is asked for. */
    private static RelDataType percentile(SqlOperatorBinding call) {
        RelDataTypeFactory types = call.getTypeFactory();
        RelDataType number = types.createTypeWithNullability(types.createSqlType(SqlTypeName.DOUBLE), true);
        return call.getOperandType(1).getSqlTypeName() == SqlTypeName.ARRAY
                ? types.createTypeWithNullability(types.createArrayType(number, -1), true)
                : number;
    }

    private static SqlAggFunction aggregate(String name) {
        return SqlBasicAggFunction.create(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                OperandTypes.ANY);
    }

    private static FunctionDefinition of(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.AGGREGATE, operator, syntax, description)
                .nulls(NullRule.IGNORED);
    }
}
