package io.sabot.planner.function;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code TUMBLE_ROWS(TABLE t PARTITION BY k, n)}: the columns of the table, then {@code window_start} and {@code window_end},
 * the numbers of the first row of the window and of the row behind it, counted from 0 for each key.
 */
public final class RowWindowFunction extends SqlWindowTableFunction {
    RowWindowFunction(String name) {
        super(name, new Parameters());
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return RowWindowFunction::rowType;
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataType input = binding.getOperandType(0);
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType number = factory.createSqlType(SqlTypeName.BIGINT);
        return factory.builder()
                .kind(input.getStructKind())
                .addAll(input.getFieldList())
                .add("window_start", number)
                .add("window_end", number)
                .build();
    }

    private static final class Parameters implements SqlOperandMetadata {
        private static final List<String> NAMES = List.of("DATA", "SIZE", "KEY");

        @Override
        public List<String> paramNames() {
            return NAMES;
        }

        @Override
        public List<RelDataType> paramTypes(RelDataTypeFactory factory) {
            RelDataType any = factory.createSqlType(SqlTypeName.ANY);
            return List.of(any, any, any);
        }

        @Override
        public boolean isOptional(int index) {
            return index == 2;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.between(2, 3);
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            List<SqlNode> operands = binding.operands();
            boolean keyed = operands.size() < 3
                    || operands.get(2).getKind() == SqlKind.DEFAULT
                    || operands.get(2).getKind() == SqlKind.DESCRIPTOR;
            if (binding.getOperandType(0).isStruct() && isCount(operands.get(1)) && keyed) {
                return true;
            }
            if (throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return false;
        }

        private static boolean isCount(SqlNode node) {
            return node instanceof SqlLiteral literal
                    && literal.getValue() instanceof BigDecimal number
                    && number.signum() > 0
                    && number.scale() <= 0
                    && number.unscaledValue().bitLength() <= 31;
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return name + "(TABLE table [PARTITION BY column, …], number of rows)";
        }
    }
}
