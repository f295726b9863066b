package io.sabot.planner.function;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/**
 * The functions that are Flink's and not Calcite's: name, result, arguments. They are computed by the kernel of the same
 * name in {@code executor.expression}.
 *
 * <p>{@code …_OR_NULL} results are NULL also for bad arguments, the others only for NULL arguments.
 */
public final class SabotFunctions {
    private static final SqlTypeFamily TEXT = SqlTypeFamily.CHARACTER;
    private static final SqlTypeFamily NUMBER = SqlTypeFamily.NUMERIC;
    private static final SqlTypeFamily WHOLE = SqlTypeFamily.INTEGER;
    private static final SqlTypeFamily TIME = SqlTypeFamily.TIMESTAMP;

    private static final SqlReturnTypeInference STRING = ifArguments(explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE));
    private static final SqlReturnTypeInference STRING_OR_NULL =
            always(explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE));
    private static final SqlReturnTypeInference TIMESTAMP_OR_NULL = always(explicit(SqlTypeName.TIMESTAMP, 3));
    private static final SqlReturnTypeInference INSTANT_OR_NULL =
            always(explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 3));
    private static final SqlReturnTypeInference INSTANT = explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 3);
    private static final SqlReturnTypeInference BIGINT = ifArguments(ReturnTypes.explicit(SqlTypeName.BIGINT));
    private static final SqlReturnTypeInference INT = ifArguments(ReturnTypes.explicit(SqlTypeName.INTEGER));
    private static final SqlReturnTypeInference BOOLEAN = ifArguments(ReturnTypes.explicit(SqlTypeName.BOOLEAN));
    private static final SqlReturnTypeInference DOUBLE = ifArguments(ReturnTypes.explicit(SqlTypeName.DOUBLE));

    /** Processing time of the row; a time column of the processing domain. */
    public static final SqlFunction PROCTIME = clock("PROCTIME", INSTANT, SqlSyntax.FUNCTION);

    /** Watermark in front of the row. */
    public static final SqlFunction CURRENT_WATERMARK =
            scalar("CURRENT_WATERMARK", ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE), family(TIME));

    static final List<SqlOperator> ALL = List.of(
            PROCTIME,
            CURRENT_WATERMARK,
            clock("NOW", INSTANT, SqlSyntax.FUNCTION),
            clock("CURRENT_ROW_TIMESTAMP", INSTANT, SqlSyntax.FUNCTION),
            clock("CURRENT_TIMESTAMP", INSTANT, SqlSyntax.FUNCTION_ID),
            clock("LOCALTIMESTAMP", explicit(SqlTypeName.TIMESTAMP, 3), SqlSyntax.FUNCTION_ID),
            clock("CURRENT_DATE", ReturnTypes.explicit(SqlTypeName.DATE), SqlSyntax.FUNCTION_ID),
            clock("CURRENT_TIME", explicit(SqlTypeName.TIME, 0), SqlSyntax.FUNCTION_ID),
            clock("LOCALTIME", explicit(SqlTypeName.TIME, 0), SqlSyntax.FUNCTION_ID),
            scalar("DATE_FORMAT", STRING, either(family(TIME, TEXT), family(TEXT, TEXT))),
            scalar("TO_TIMESTAMP", TIMESTAMP_OR_NULL, upTo(1, TEXT, TEXT)),
            scalar("TO_TIMESTAMP_LTZ", INSTANT_OR_NULL, either(upTo(1, NUMBER, WHOLE), upTo(1, TEXT, TEXT, TEXT))),
            scalar("TO_DATE", always(ReturnTypes.explicit(SqlTypeName.DATE)), upTo(1, TEXT, TEXT)),
            scalar("FROM_UNIXTIME", STRING, upTo(1, NUMBER, TEXT)),
            scalar("UNIX_TIMESTAMP", BIGINT, either(OperandTypes.NILADIC, upTo(1, TEXT, TEXT))),
            scalar("CONVERT_TZ", STRING_OR_NULL, family(TEXT, TEXT, TEXT)),
            scalar("SPLIT_INDEX", STRING_OR_NULL, either(family(TEXT, TEXT, WHOLE), family(TEXT, WHOLE, WHOLE))),
            scalar("REGEXP_EXTRACT", STRING_OR_NULL, upTo(2, TEXT, TEXT, WHOLE)),
            scalar("REGEXP_REPLACE", STRING_OR_NULL, family(TEXT, TEXT, TEXT)),
            scalar("REGEXP", BOOLEAN, family(TEXT, TEXT)),
            scalar("CONCAT", STRING, OperandTypes.repeat(from(1), OperandTypes.CHARACTER)),
            scalar(
                    "CONCAT_WS",
                    ReturnTypes.cascade(
                            explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE), SqlTypeTransforms.ARG0_NULLABLE),
                    OperandTypes.repeat(from(2), OperandTypes.CHARACTER)),
            scalar("SUBSTR", STRING, upTo(2, TEXT, WHOLE, WHOLE)),
            scalar("LOCATE", INT, upTo(2, TEXT, TEXT, WHOLE)),
            scalar("INSTR", INT, family(TEXT, TEXT)),
            scalar("BTRIM", STRING, upTo(1, TEXT, TEXT)),
            scalar("FROM_BASE64", STRING_OR_NULL, family(TEXT)),
            scalar("SHA224", STRING, family(TEXT)),
            scalar("SHA384", STRING, family(TEXT)),
            scalar("SHA2", STRING_OR_NULL, family(TEXT, WHOLE)),
            scalar("HEX", STRING, either(family(NUMBER), family(TEXT))),
            scalar("PARSE_URL", STRING_OR_NULL, upTo(2, TEXT, TEXT, TEXT)),
            scalar("URL_ENCODE", STRING_OR_NULL, family(TEXT)),
            scalar("URL_DECODE", STRING_OR_NULL, family(TEXT)),
            scalar(
                    "SPLIT",
                    ReturnTypes.cascade(
                            binding -> binding.getTypeFactory()
                                    .createArrayType(binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), -1),
                            SqlTypeTransforms.TO_NULLABLE),
                    family(TEXT, TEXT)),
            scalar("TYPEOF", explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE), OperandTypes.ANY),
            scalar("IS_ALPHA", BOOLEAN, family(TEXT)),
            scalar("IS_DIGIT", BOOLEAN, family(TEXT)),
            scalar("IS_DECIMAL", BOOLEAN, family(TEXT)),
            scalar("LOG", DOUBLE, upTo(1, NUMBER, NUMBER)),
            scalar("E", ReturnTypes.explicit(SqlTypeName.DOUBLE), OperandTypes.NILADIC),
            random("UUID", ReturnTypes.explicit(SqlTypeName.CHAR, 36)),
            aggregate("FIRST_VALUE"),
            aggregate("LAST_VALUE"),
            aggregate("LISTAGG", STRING_OR_NULL, upTo(1, TEXT, TEXT)),
            aggregate(
                    "PERCENTILE",
                    SabotFunctions::percentile,
                    either(upTo(2, NUMBER, NUMBER, WHOLE), upTo(2, NUMBER, SqlTypeFamily.ARRAY, WHOLE))));

    private SabotFunctions() {}

    private static SqlFunction scalar(String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        return new SqlFunction(
                name, SqlKind.OTHER_FUNCTION, result, null, arguments, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    private static SqlFunction random(String name, SqlReturnTypeInference result) {
        return new Volatile(name, result, SqlSyntax.FUNCTION, false);
    }

    private static SqlFunction clock(String name, SqlReturnTypeInference result, SqlSyntax syntax) {
        return new Volatile(name, result, syntax, true);
    }

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

    private static SqlReturnTypeInference explicit(SqlTypeName type, int precision) {
        return ReturnTypes.explicit(type, precision);
    }

    private static SqlReturnTypeInference ifArguments(SqlReturnTypeInference type) {
        return type.andThen(SqlTypeTransforms.TO_NULLABLE);
    }

    private static SqlReturnTypeInference always(SqlReturnTypeInference type) {
        return type.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    }

    private static SqlOperandTypeChecker family(SqlTypeFamily... families) {
        return OperandTypes.family(families);
    }

    /** Arguments of these families of which those from {@code required} on may be left out. */
    private static SqlOperandTypeChecker upTo(int required, SqlTypeFamily... families) {
        SqlOperandTypeChecker checker = OperandTypes.family(List.of(families));
        for (int count = families.length - 1; count >= required; count--) {
            checker = OperandTypes.or(OperandTypes.family(List.of(families).subList(0, count)), checker);
        }
        return checker;
    }

    private static SqlOperandTypeChecker either(SqlOperandTypeChecker first, SqlOperandTypeChecker second) {
        return OperandTypes.or(first, second);
    }

    private static SqlOperandCountRange from(int least) {
        return SqlOperandCountRanges.from(least);
    }

    /** A function without arguments whose value differs from call to call, or from statement to statement. */
    private static final class Volatile extends SqlFunction {
        private final SqlSyntax syntax;
        private final boolean clock;

        Volatile(String name, SqlReturnTypeInference result, SqlSyntax syntax, boolean clock) {
            super(name, SqlKind.OTHER_FUNCTION, result, null, OperandTypes.NILADIC, SqlFunctionCategory.TIMEDATE);
            this.syntax = syntax;
            this.clock = clock;
        }

        @Override
        public SqlSyntax getSyntax() {
            return syntax;
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }

        @Override
        public boolean isDynamicFunction() {
            return clock;
        }
    }
}
