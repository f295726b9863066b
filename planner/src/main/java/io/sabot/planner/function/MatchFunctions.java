package io.sabot.planner.function;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of MATCH_RECOGNIZE that tell the time of a match. They are gone when the plan is made. */
public final class MatchFunctions {
    /** Event time of the last row of a match: a time column. With an argument it has the argument's type. */
    public static final SqlFunction MATCH_ROWTIME = new SqlFunction(
            "MATCH_ROWTIME",
            SqlKind.OTHER_FUNCTION,
            binding -> binding.getOperandCount() == 0
                    ? binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 3)
                    : binding.getOperandType(0),
            null,
            OperandTypes.or(OperandTypes.NILADIC, OperandTypes.family(SqlTypeFamily.TIMESTAMP)),
            SqlFunctionCategory.MATCH_RECOGNIZE);

    /** Processing time of a match: a time column. */
    public static final SqlFunction MATCH_PROCTIME = new SqlFunction(
            "MATCH_PROCTIME",
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 3),
            null,
            OperandTypes.NILADIC,
            SqlFunctionCategory.MATCH_RECOGNIZE);

    private MatchFunctions() {}
}
