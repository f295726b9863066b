package io.sabot.planner.function;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.plan.CalciteTypes;
import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlJsonArrayFunction;
import org.apache.calcite.sql.fun.SqlJsonExistsFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectFunction;
import org.apache.calcite.sql.fun.SqlJsonQueryFunction;
import org.apache.calcite.sql.fun.SqlJsonValueFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Calcite's functions of JSON, but over texts only, and of type STRING where no type is asked for. */
final class JsonOperators {
    private static final int DEFAULT_LENGTH = 2000;
    private static final Set<SqlTypeName> RETURNED = EnumSet.of(
            SqlTypeName.BOOLEAN,
            SqlTypeName.INTEGER,
            SqlTypeName.BIGINT,
            SqlTypeName.DOUBLE,
            SqlTypeName.NULL,
            SqlTypeName.ANY);

    static final SqlJsonExistsFunction EXISTS = new SqlJsonExistsFunction() {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            return isTextAndPath(binding, throwOnFailure) && super.checkOperandTypes(binding, throwOnFailure);
        }
    };

    static final SqlJsonValueFunction VALUE = new SqlJsonValueFunction("JSON_VALUE") {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            return isTextAndPath(binding, throwOnFailure) && super.checkOperandTypes(binding, throwOnFailure);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            RelDataType type = unbounded(binding, super.inferReturnType(binding));
            if (binding instanceof SqlCallBinding call && !isScalar(type)) {
                String name = CalciteTypes.toCatalog(type).name();
                throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "JSON_VALUE returns no " + name)
                        .at(SqlSpans.of(call.getCall()))
                        .why("it returns STRING, BOOLEAN, INT, BIGINT and DOUBLE")
                        .hint("let it return STRING, and CAST that to " + name);
            }
            return type;
        }
    };

    static final SqlJsonQueryFunction QUERY = new SqlJsonQueryFunction() {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            return isTextAndPath(binding, throwOnFailure) && super.checkOperandTypes(binding, throwOnFailure);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return unbounded(binding, super.inferReturnType(binding));
        }
    };

    static final SqlJsonObjectFunction OBJECT = new SqlJsonObjectFunction() {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return unbounded(binding, super.inferReturnType(binding));
        }
    };

    static final SqlJsonArrayFunction ARRAY = new SqlJsonArrayFunction() {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return unbounded(binding, super.inferReturnType(binding));
        }
    };

    private JsonOperators() {}

    private static boolean isTextAndPath(SqlCallBinding binding, boolean throwOnFailure) {
        if (isText(binding.getOperandType(0)) && isText(binding.getOperandType(1))) {
            return true;
        }
        if (throwOnFailure) {
            throw binding.newValidationSignatureError();
        }
        return false;
    }

    /** What stands before {@code FORMAT JSON} has no type yet. */
    private static boolean isText(RelDataType type) {
        return SqlTypeUtil.inCharFamily(type)
                || type.getSqlTypeName() == SqlTypeName.ANY
                || type.getSqlTypeName() == SqlTypeName.NULL;
    }

    private static boolean isScalar(RelDataType type) {
        return SqlTypeUtil.inCharFamily(type) || RETURNED.contains(type.getSqlTypeName());
    }

    private static RelDataType unbounded(SqlOperatorBinding binding, RelDataType type) {
        if (type.getSqlTypeName() != SqlTypeName.VARCHAR || type.getPrecision() != DEFAULT_LENGTH) {
            return type;
        }
        RelDataType string = binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE);
        return binding.getTypeFactory().createTypeWithNullability(string, type.isNullable());
    }
}
