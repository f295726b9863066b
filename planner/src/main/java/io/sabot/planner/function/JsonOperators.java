package io.sabot.planner.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlJsonArrayFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectFunction;
import org.apache.calcite.sql.fun.SqlJsonQueryFunction;
import org.apache.calcite.sql.fun.SqlJsonValueFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calcite's functions of JSON, but of type STRING where no type is asked for. */
final class JsonOperators {
    private static final int DEFAULT_LENGTH = 2000;

    static final SqlJsonValueFunction VALUE = new SqlJsonValueFunction("JSON_VALUE") {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return unbounded(binding, super.inferReturnType(binding));
        }
    };

    static final SqlJsonQueryFunction QUERY = new SqlJsonQueryFunction() {
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

    private static RelDataType unbounded(SqlOperatorBinding binding, RelDataType type) {
        if (type.getSqlTypeName() != SqlTypeName.VARCHAR || type.getPrecision() != DEFAULT_LENGTH) {
            return type;
        }
        RelDataType string = binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE);
        return binding.getTypeFactory().createTypeWithNullability(string, type.isNullable());
    }
}
