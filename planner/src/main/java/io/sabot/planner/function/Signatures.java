package io.sabot.planner.function;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/**
 * Words to declare functions with: results and arguments. {@code …_OR_NULL} results are NULL also for bad arguments, the
 * others only for NULL arguments.
 */
final class Signatures {
    static final SqlTypeFamily TEXT = SqlTypeFamily.CHARACTER;
    static final SqlTypeFamily BYTES = SqlTypeFamily.BINARY;
    static final SqlTypeFamily NUMBER = SqlTypeFamily.NUMERIC;
    static final SqlTypeFamily WHOLE = SqlTypeFamily.INTEGER;
    static final SqlTypeFamily TIME = SqlTypeFamily.TIMESTAMP;

    static final SqlReturnTypeInference STRING = ifArguments(longest(SqlTypeName.VARCHAR));
    static final SqlReturnTypeInference STRING_OR_NULL = always(longest(SqlTypeName.VARCHAR));
    static final SqlReturnTypeInference NEVER_NULL_STRING = longest(SqlTypeName.VARCHAR);
    static final SqlReturnTypeInference BINARY = ifArguments(longest(SqlTypeName.VARBINARY));
    static final SqlReturnTypeInference BINARY_OR_NULL = always(longest(SqlTypeName.VARBINARY));
    static final SqlReturnTypeInference TIMESTAMP_OR_NULL = always(ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 3));
    static final SqlReturnTypeInference INSTANT = ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 3);
    static final SqlReturnTypeInference DATE_OR_NULL = always(ReturnTypes.explicit(SqlTypeName.DATE));
    static final SqlReturnTypeInference BIGINT = ifArguments(ReturnTypes.explicit(SqlTypeName.BIGINT));
    static final SqlReturnTypeInference INT = ifArguments(ReturnTypes.explicit(SqlTypeName.INTEGER));
    static final SqlReturnTypeInference INT_OR_NULL = always(ReturnTypes.explicit(SqlTypeName.INTEGER));
    static final SqlReturnTypeInference BOOLEAN = ifArguments(ReturnTypes.explicit(SqlTypeName.BOOLEAN));
    static final SqlReturnTypeInference NEVER_NULL_BOOLEAN = ReturnTypes.explicit(SqlTypeName.BOOLEAN);
    static final SqlReturnTypeInference DOUBLE = ifArguments(ReturnTypes.explicit(SqlTypeName.DOUBLE));

    private Signatures() {}

    /** A function that depends on nothing but its arguments. */
    static SqlFunction scalar(String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        return new SqlFunction(
                name, SqlKind.OTHER_FUNCTION, result, null, arguments, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    /** A function of no arguments that gives another value with each call. */
    static SqlFunction random(String name, SqlReturnTypeInference result) {
        return new VolatileFunction(name, result, SqlSyntax.FUNCTION, false);
    }

    /** A function of no arguments that reads a clock. */
    static SqlFunction clock(String name, SqlReturnTypeInference result, SqlSyntax syntax) {
        return new VolatileFunction(name, result, syntax, true);
    }

    private static SqlReturnTypeInference longest(SqlTypeName type) {
        return ReturnTypes.explicit(type, Integer.MAX_VALUE);
    }

    /** Nullable if an argument is. */
    static SqlReturnTypeInference ifArguments(SqlReturnTypeInference type) {
        return type.andThen(SqlTypeTransforms.TO_NULLABLE);
    }

    /** Always nullable. */
    static SqlReturnTypeInference always(SqlReturnTypeInference type) {
        return type.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    }

    /** Exactly these families. */
    static SqlOperandTypeChecker family(SqlTypeFamily... families) {
        return OperandTypes.family(families);
    }

    /** Arguments of these families of which those from {@code required} on may be left out. */
    static SqlOperandTypeChecker upTo(int required, SqlTypeFamily... families) {
        SqlOperandTypeChecker checker = OperandTypes.family(List.of(families));
        for (int count = families.length - 1; count >= required; count--) {
            checker = OperandTypes.or(OperandTypes.family(List.of(families).subList(0, count)), checker);
        }
        return checker;
    }

    /** One or the other. */
    static SqlOperandTypeChecker either(SqlOperandTypeChecker first, SqlOperandTypeChecker second) {
        return OperandTypes.or(first, second);
    }

    /** So many arguments or more. */
    static SqlOperandCountRange atLeast(int least) {
        return SqlOperandCountRanges.from(least);
    }
}
