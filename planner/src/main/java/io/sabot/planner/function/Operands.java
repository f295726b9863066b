package io.sabot.planner.function;

import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Arguments that are not of one family each. */
final class Operands {
    /** A whole number, then values of types that go together. */
    static final SqlOperandTypeChecker INDEX_AND_VALUES = new Check(
            "index, value, …",
            SqlOperandCountRanges.from(2),
            binding -> isWhole(binding.getOperandType(0)) && goTogether(binding, 1));

    /** A text, then values of any simple type. */
    static final SqlOperandTypeChecker FORMAT = new Check(
            "format, value, …",
            SqlOperandCountRanges.from(1),
            binding -> isText(binding.getOperandType(0))
                    && binding.collectOperandTypes().stream().noneMatch(Operands::isNested));

    /** One array. */
    static final SqlOperandTypeChecker ARRAY =
            new Check("array", SqlOperandCountRanges.of(1), binding -> isArray(binding.getOperandType(0)));

    /** Arrays of elements that go together. */
    static final SqlOperandTypeChecker ARRAYS = arrays(SqlOperandCountRanges.from(1));

    /** Two arrays of elements that go together. */
    static final SqlOperandTypeChecker TWO_ARRAYS = arrays(SqlOperandCountRanges.of(2));

    /** Two arrays of any elements. */
    static final SqlOperandTypeChecker KEYS_AND_VALUES = new Check(
            "keys, values",
            SqlOperandCountRanges.of(2),
            binding -> isArray(binding.getOperandType(0)) && isArray(binding.getOperandType(1)));

    /** An array and a value that may be an element of it. */
    static final SqlOperandTypeChecker ARRAY_AND_ELEMENT = new Check(
            "array, element",
            SqlOperandCountRanges.of(2),
            binding -> isArray(binding.getOperandType(0))
                    && isCommon(binding, List.of(element(binding.getOperandType(0)), binding.getOperandType(1))));

    /** An array, a whole number and maybe another. */
    static final SqlOperandTypeChecker SLICE = new Check(
            "array, start [, end]",
            SqlOperandCountRanges.between(2, 3),
            binding -> isArray(binding.getOperandType(0))
                    && binding.collectOperandTypes().stream().skip(1).allMatch(Operands::isWhole));

    /** An array and up to two truth values. */
    static final SqlOperandTypeChecker SORT = new Check(
            "array [, ascending [, nulls_first]]",
            SqlOperandCountRanges.between(1, 3),
            binding -> isArray(binding.getOperandType(0))
                    && binding.collectOperandTypes().stream().skip(1).allMatch(SqlTypeUtil::inBooleanFamily));

    /** An array of texts and one or two texts. */
    static final SqlOperandTypeChecker JOIN = new Check(
            "array, separator [, null_text]",
            SqlOperandCountRanges.between(2, 3),
            binding -> isArray(binding.getOperandType(0))
                    && isText(element(binding.getOperandType(0)))
                    && binding.collectOperandTypes().stream().skip(1).allMatch(Operands::isText));

    /** One map. */
    static final SqlOperandTypeChecker MAP =
            new Check("map", SqlOperandCountRanges.of(1), binding -> isMap(binding.getOperandType(0)));

    /** Maps whose keys and values go together. */
    static final SqlOperandTypeChecker MAPS = new Check(
            "map, …",
            SqlOperandCountRanges.from(1),
            binding -> binding.collectOperandTypes().stream().allMatch(Operands::isMap)
                    && isCommon(binding, binding.collectOperandTypes()));

    private Operands() {}

    private static SqlOperandTypeChecker arrays(SqlOperandCountRange count) {
        return new Check(
                "array, …",
                count,
                binding -> binding.collectOperandTypes().stream().allMatch(Operands::isArray)
                        && isCommon(binding, binding.collectOperandTypes()));
    }

    private static boolean isNested(RelDataType type) {
        return type.isStruct() || type.getComponentType() != null || type.getKeyType() != null;
    }

    private static boolean isWhole(RelDataType type) {
        return isNull(type) || SqlTypeName.INT_TYPES.contains(type.getSqlTypeName());
    }

    private static boolean isText(RelDataType type) {
        return isNull(type) || SqlTypeUtil.inCharFamily(type);
    }

    private static boolean isArray(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.ARRAY;
    }

    private static boolean isMap(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.MAP;
    }

    private static boolean isNull(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.NULL;
    }

    private static RelDataType element(RelDataType type) {
        RelDataType element = type.getComponentType();
        return element == null ? type : element;
    }

    private static boolean goTogether(SqlCallBinding binding, int from) {
        List<RelDataType> types = binding.collectOperandTypes();
        return isCommon(binding, types.subList(from, types.size()));
    }

    private static boolean isCommon(SqlCallBinding binding, List<RelDataType> types) {
        return binding.getTypeFactory().leastRestrictive(types) != null;
    }

    private record Check(String signature, SqlOperandCountRange count, Predicate<SqlCallBinding> test)
            implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            if (test.test(binding)) {
                return true;
            }
            if (throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return false;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return count;
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return name + "(" + signature + ")";
        }
    }
}
