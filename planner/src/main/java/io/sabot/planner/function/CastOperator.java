package io.sabot.planner.function;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.plan.CalciteTypes;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCastFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** CAST and TRY_CAST between the types that Flink casts between: arrays, maps and rows element by element. */
public final class CastOperator extends SqlCastFunction {
    static final CastOperator CAST = new CastOperator("CAST", SqlKind.CAST);
    static final CastOperator TRY_CAST = new CastOperator("TRY_CAST", SqlKind.SAFE_CAST);

    /** Makes the casts that are written in a query these operators. Those that types are coerced with stay Calcite's. */
    public static void use(SqlNode query) {
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call instanceof SqlBasicCall basic && call.getOperator() instanceof SqlCastFunction) {
                    basic.setOperator(call.getKind() == SqlKind.CAST ? CAST : TRY_CAST);
                }
                return super.visit(call);
            }
        });
    }

    private CastOperator(String name, SqlKind kind) {
        super(name, kind);
    }

    /** The type that is written; parts of a nested value may be NULL although they were not before, as in Flink. */
    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        boolean nullable =
                getKind() == SqlKind.SAFE_CAST || binding.getOperandType(0).isNullable();
        RelDataType type = binding.getTypeFactory().createTypeWithNullability(binding.getOperandType(1), nullable);
        if (binding instanceof SqlCallBinding call
                && (SqlUtil.isNullLiteral(call.operand(0), false) || call.operand(0) instanceof SqlDynamicParam)) {
            call.getValidator().setValidatedNodeType(call.operand(0), type);
        }
        return type;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        SqlNode value = binding.operand(0);
        RelDataType from = binding.getOperandType(0);
        RelDataType to = binding.getOperandType(1);
        if (value.getKind() == SqlKind.DYNAMIC_PARAM || isAllowed(from, to)) {
            return true;
        }
        if (throwOnFailure) {
            throw SabotException.of(ErrorCode.DATATYPE_MISMATCH, "cannot cast " + name(from) + " to " + name(to))
                    .at(SqlSpans.of(binding.getCall()))
                    .hint(hint(from, to));
        }
        return false;
    }

    private static String name(RelDataType type) {
        return CalciteTypes.toCatalog(type).name();
    }

    private static String hint(RelDataType from, RelDataType to) {
        if (SqlTypeUtil.isNumeric(from) && isTimestamp(to)) {
            return "TO_TIMESTAMP_LTZ(n, 3) makes an instant of milliseconds, TO_TIMESTAMP_LTZ(n, 0) of seconds";
        }
        if (isTimestamp(from) && SqlTypeUtil.isNumeric(to)) {
            return "UNIX_TIMESTAMP(CAST(t AS STRING)) gives seconds";
        }
        return "every type can be cast to STRING, and STRING to most simple types";
    }

    private static boolean isTimestamp(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIMESTAMP
                || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    /** Whether values of one type can be cast to the other. */
    static boolean isAllowed(RelDataType from, RelDataType to) {
        SqlTypeName source = from.getSqlTypeName();
        if (source == SqlTypeName.NULL || source == SqlTypeName.ANY || SqlTypeUtil.inCharFamily(to)) {
            return true;
        }
        boolean text = SqlTypeUtil.inCharFamily(from);
        boolean number = SqlTypeUtil.isNumeric(from);
        return switch (to.getSqlTypeName()) {
            case BINARY, VARBINARY -> text || SqlTypeUtil.isBinary(from);
            case BOOLEAN -> text || number || source == SqlTypeName.BOOLEAN;
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, FLOAT, REAL, DOUBLE ->
                text || number || source == SqlTypeName.BOOLEAN;
            case DATE -> text || source == SqlTypeName.DATE || isTimestamp(from);
            case TIME -> text || source == SqlTypeName.TIME || isTimestamp(from);
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                text || source == SqlTypeName.DATE || source == SqlTypeName.TIME || isTimestamp(from);
            case ARRAY, MULTISET ->
                source == to.getSqlTypeName()
                        && isAllowed(
                                Objects.requireNonNull(from.getComponentType()),
                                Objects.requireNonNull(to.getComponentType()));
            case MAP ->
                source == SqlTypeName.MAP
                        && isAllowed(Objects.requireNonNull(from.getKeyType()), Objects.requireNonNull(to.getKeyType()))
                        && isAllowed(
                                Objects.requireNonNull(from.getValueType()), Objects.requireNonNull(to.getValueType()));
            case ROW -> from.isStruct() && fieldsAllowed(from, to);
            default ->
                SqlTypeUtil.isInterval(to)
                        && (SqlTypeUtil.isExactNumeric(from)
                                || (SqlTypeUtil.isInterval(from)
                                        && from.getSqlTypeName().isYearMonth()
                                                == to.getSqlTypeName().isYearMonth()));
        };
    }

    private static boolean fieldsAllowed(RelDataType from, RelDataType to) {
        List<RelDataType> sources =
                from.getFieldList().stream().map(field -> field.getType()).toList();
        boolean allowed = sources.size() == to.getFieldCount();
        for (int i = 0; allowed && i < sources.size(); i++) {
            allowed = isAllowed(sources.get(i), to.getFieldList().get(i).getType());
        }
        return allowed;
    }
}
