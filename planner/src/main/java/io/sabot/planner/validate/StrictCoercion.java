package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.plan.CalciteTypes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/** Converts types as Calcite does, but never between texts and numbers: {@code id = '7'} is a mistake, as in Flink. */
final class StrictCoercion extends TypeCoercionImpl {
    private static final Set<SqlTypeFamily> NUMBERS = EnumSet.of(
            SqlTypeFamily.NUMERIC,
            SqlTypeFamily.EXACT_NUMERIC,
            SqlTypeFamily.APPROXIMATE_NUMERIC,
            SqlTypeFamily.INTEGER,
            SqlTypeFamily.DECIMAL);

    private static final Set<SqlKind> ORDERING = EnumSet.of(
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.BETWEEN);
    private static final Set<SqlTypeName> NESTED = EnumSet.of(SqlTypeName.ARRAY, SqlTypeName.MAP, SqlTypeName.MULTISET);

    StrictCoercion(RelDataTypeFactory typeFactory, SqlValidator validator) {
        super(typeFactory, validator);
    }

    @Override
    public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
        check(binding);
        return super.binaryArithmeticCoercion(binding);
    }

    @Override
    public boolean binaryComparisonCoercion(SqlCallBinding binding) {
        check(binding);
        checkOrder(binding);
        return super.binaryComparisonCoercion(binding);
    }

    @Override
    public boolean builtinFunctionCoercion(
            SqlCallBinding binding, List<RelDataType> types, List<SqlTypeFamily> expected) {
        for (int i = 0; i < types.size() && i < expected.size(); i++) {
            boolean wantsNumber = NUMBERS.contains(expected.get(i));
            boolean wantsText = expected.get(i) == SqlTypeFamily.CHARACTER || expected.get(i) == SqlTypeFamily.STRING;
            if ((wantsNumber && SqlTypeUtil.inCharFamily(types.get(i)))
                    || (wantsText && SqlTypeUtil.isNumeric(types.get(i)))) {
                return false;
            }
        }
        return super.builtinFunctionCoercion(binding, types, expected);
    }

    /** Branches of CASE, and the arguments of COALESCE, must be all texts or none. */
    @Override
    public boolean caseWhenCoercion(SqlCallBinding binding) {
        SqlCase branches = (SqlCase) binding.getCall();
        List<RelDataType> types = new ArrayList<>();
        for (SqlNode result : branches.getThenOperands()) {
            types.add(binding.getValidator().deriveType(binding.getScope(), result));
        }
        SqlNode otherwise = branches.getElseOperand();
        if (otherwise != null) {
            types.add(binding.getValidator().deriveType(binding.getScope(), otherwise));
        }
        boolean texts = types.stream().anyMatch(SqlTypeUtil::inCharFamily);
        boolean numbers = types.stream().anyMatch(SqlTypeUtil::isNumeric);
        return !(texts && numbers) && super.caseWhenCoercion(binding);
    }

    /** Columns of UNION, VALUES and the like must be all texts or none. */
    @Override
    public @Nullable RelDataType getWiderTypeFor(List<RelDataType> types, boolean stringPromotion) {
        return super.getWiderTypeFor(types, false);
    }

    private static void check(SqlCallBinding binding) {
        if (binding.getOperandCount() != 2 || binding.getOperator().getSyntax() != SqlSyntax.BINARY) {
            return;
        }
        RelDataType left = binding.getOperandType(0);
        RelDataType right = binding.getOperandType(1);
        boolean mixed = (SqlTypeUtil.inCharFamily(left) && SqlTypeUtil.isNumeric(right))
                || (SqlTypeUtil.isNumeric(left) && SqlTypeUtil.inCharFamily(right));
        if (mixed) {
            boolean textFirst = SqlTypeUtil.inCharFamily(left);
            throw SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "'" + binding.getOperator().getName() + "' does not take " + name(left) + " and "
                                    + name(right))
                    .at(SqlSpans.of(binding.getCall()))
                    .hint("write CAST(" + binding.operand(textFirst ? 0 : 1) + " AS " + name(textFirst ? right : left)
                            + ")");
        }
    }

    /** Arrays, maps and rows are equal or not; none is less than another. */
    private static void checkOrder(SqlCallBinding binding) {
        if (!ORDERING.contains(binding.getOperator().getKind())) {
            return;
        }
        for (int i = 0; i < binding.getOperandCount(); i++) {
            RelDataType type = binding.getOperandType(i);
            if (type.isStruct() || NESTED.contains(type.getSqlTypeName())) {
                throw SabotException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "'" + binding.getOperator().getName() + "' does not take " + name(type))
                        .at(SqlSpans.of(binding.getCall()))
                        .why("such values have no order")
                        .hint("compare their elements or fields");
            }
        }
    }

    private static String name(RelDataType type) {
        return CalciteTypes.toCatalog(type).name();
    }
}
