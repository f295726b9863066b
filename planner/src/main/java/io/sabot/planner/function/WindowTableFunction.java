package io.sabot.planner.function;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * {@code TUMBLE(TABLE t, DESCRIPTOR(ts), …)} and its kin: the columns of the table, then {@code window_start}, {@code
 * window_end} and {@code window_time} of the type of the time column.
 */
public final class WindowTableFunction extends SqlWindowTableFunction {
    private static final int TIME = 1;

    WindowTableFunction(String name, List<String> parameters, int required) {
        super(name, new Parameters(parameters, required));
    }

    /** The names that arguments may be given with, in their order. */
    public List<String> parameters() {
        return ((Parameters) Objects.requireNonNull(getOperandTypeChecker())).paramNames();
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return WindowTableFunction::rowType;
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataType input = binding.getOperandType(0);
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType time = factory.createTypeWithNullability(
                timeColumn((SqlCallBinding) binding).getType(), false);
        RelDataType bound = boundType(factory);
        return factory.builder()
                .kind(input.getStructKind())
                .addAll(input.getFieldList())
                .add("window_start", bound)
                .add("window_end", bound)
                .add("window_time", time)
                .build();
    }

    /** Type of {@code window_start} and {@code window_end}. */
    public static RelDataType boundType(RelDataTypeFactory factory) {
        return factory.createSqlType(SqlTypeName.TIMESTAMP, 3);
    }

    private static RelDataTypeField timeColumn(SqlCallBinding binding) {
        RelDataType input = binding.getOperandType(0);
        SqlNode descriptor = binding.operands().get(TIME);
        return column(input, (SqlIdentifier) ((SqlCall) descriptor).operand(0));
    }

    private static RelDataTypeField column(RelDataType input, SqlIdentifier column) {
        RelDataTypeField field = input.getField(column.getSimple(), true, false);
        if (field != null) {
            return field;
        }
        throw SabotException.of(ErrorCode.UNDEFINED_COLUMN, "column '" + column.getSimple() + "' does not exist")
                .at(SqlSpans.of(column))
                .why("the windowed table has " + String.join(", ", input.getFieldNames()));
    }

    private record Parameters(List<String> paramNames, int required) implements SqlOperandMetadata {
        @Override
        public List<RelDataType> paramTypes(RelDataTypeFactory factory) {
            RelDataType any = factory.createSqlType(SqlTypeName.ANY);
            return paramNames.stream().map(name -> any).toList();
        }

        @Override
        public boolean isOptional(int index) {
            return index >= required;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.between(required, paramNames.size());
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            List<SqlNode> operands = binding.operands();
            if (!binding.getOperandType(0).isStruct() || !isDescriptor(operands.get(TIME))) {
                return fail(binding, throwOnFailure);
            }
            for (int i = TIME + 1; i < operands.size(); i++) {
                boolean key = paramNames.get(i).equals("KEY");
                SqlNode operand = operands.get(i);
                boolean absent = operand.getKind() == SqlKind.DEFAULT;
                if (!absent && !(key ? isKeys(operand) : SqlTypeUtil.isInterval(binding.getOperandType(i)))) {
                    return fail(binding, throwOnFailure);
                }
                if (key && !absent) {
                    ((SqlCall) operand)
                            .getOperandList()
                            .forEach(column -> column(binding.getOperandType(0), (SqlIdentifier) column));
                }
            }
            return checkTime(binding, operands.get(TIME));
        }

        private static boolean checkTime(SqlCallBinding binding, SqlNode descriptor) {
            RelDataTypeField field = timeColumn(binding);
            SqlTypeName type = field.getType().getSqlTypeName();
            boolean isTime = type == SqlTypeName.TIMESTAMP || type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
            if (isTime && field.getType().getPrecision() <= 3) {
                return true;
            }
            throw SabotException.of(ErrorCode.DATATYPE_MISMATCH, "column '" + field.getName() + "' is no time column")
                    .at(SqlSpans.of(descriptor))
                    .why("windows need TIMESTAMP(3) or TIMESTAMP_LTZ(3), the column is " + field.getType())
                    .hint("declare a WATERMARK on a column of that type, or window by PROCTIME()");
        }

        private static boolean isDescriptor(SqlNode node) {
            return isKeys(node) && ((SqlCall) node).operandCount() == 1;
        }

        private static boolean isKeys(SqlNode node) {
            return node.getKind() == SqlKind.DESCRIPTOR;
        }

        private static boolean fail(SqlCallBinding binding, boolean throwOnFailure) {
            if (throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return false;
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return paramNames.stream()
                    .map(parameter -> switch (parameter) {
                        case "DATA" -> "TABLE table";
                        case "TIMECOL" -> "DESCRIPTOR(time column)";
                        case "KEY" -> "";
                        case "OFFSET" -> "[offset interval]";
                        default -> parameter.toLowerCase(Locale.ROOT) + " interval";
                    })
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(", ", name + "(", ")"));
        }
    }
}
