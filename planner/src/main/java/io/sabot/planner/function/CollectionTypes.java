package io.sabot.planner.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** Result types of functions of arrays and maps: the elements of a result are of the type that all arguments fit in. */
final class CollectionTypes {
    private CollectionTypes() {}

    /** An array of texts; NULL if an argument is. */
    static SqlReturnTypeInference ofStrings() {
        return Signatures.ifArguments(CollectionTypes::strings);
    }

    /** An array of texts, or NULL. */
    static SqlReturnTypeInference ofStringsOrNull() {
        return Signatures.always(CollectionTypes::strings);
    }

    private static RelDataType strings(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createArrayType(string(binding.getTypeFactory()), -1);
    }

    /** A map of texts, or NULL. */
    static SqlReturnTypeInference mapOfStrings() {
        return Signatures.always(binding -> binding.getTypeFactory()
                .createMapType(string(binding.getTypeFactory()), string(binding.getTypeFactory())));
    }

    private static RelDataType string(RelDataTypeFactory factory) {
        return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE), true);
    }

    /** What the values behind the first one have in common, or NULL. */
    static RelDataType chosen(SqlOperatorBinding binding) {
        List<RelDataType> types = binding.collectOperandTypes();
        return nullable(binding, common(binding, types.subList(1, types.size())), true);
    }

    /** The array of the first argument. */
    static RelDataType first(SqlOperatorBinding binding) {
        return nullable(binding, binding.getOperandType(0), anyNullable(binding));
    }

    /** The array of the first argument; NULL only if that is. */
    static RelDataType firstAsItIs(SqlOperatorBinding binding) {
        return nullable(
                binding, binding.getOperandType(0), binding.getOperandType(0).isNullable());
    }

    /** An element of the first argument, or NULL. */
    static RelDataType elementOrNull(SqlOperatorBinding binding) {
        return nullable(binding, element(binding.getOperandType(0)), true);
    }

    /** An array of the elements of the first argument and the second argument. */
    static RelDataType withElement(SqlOperatorBinding binding) {
        RelDataType element = common(binding, List.of(element(binding.getOperandType(0)), binding.getOperandType(1)));
        return nullable(
                binding,
                binding.getTypeFactory().createArrayType(element, -1),
                binding.getOperandType(0).isNullable());
    }

    /** An array of the elements of all arguments. */
    static RelDataType ofAll(SqlOperatorBinding binding) {
        List<RelDataType> elements = new ArrayList<>();
        binding.collectOperandTypes().forEach(type -> {
            if (type.getSqlTypeName() != SqlTypeName.NULL) {
                elements.add(element(type));
            }
        });
        RelDataType element = common(binding, elements);
        return nullable(binding, binding.getTypeFactory().createArrayType(element, -1), anyNullable(binding));
    }

    /** A map of the keys and values of all arguments. */
    static RelDataType ofAllMaps(SqlOperatorBinding binding) {
        List<RelDataType> keys = new ArrayList<>();
        List<RelDataType> values = new ArrayList<>();
        binding.collectOperandTypes().forEach(type -> {
            keys.add(Objects.requireNonNull(type.getKeyType()));
            values.add(Objects.requireNonNull(type.getValueType()));
        });
        RelDataType map = binding.getTypeFactory().createMapType(common(binding, keys), common(binding, values));
        return nullable(binding, map, anyNullable(binding));
    }

    /** An array of rows of {@code key} and {@code value}. */
    static RelDataType entries(SqlOperatorBinding binding) {
        RelDataType map = binding.getOperandType(0);
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType entry = factory.builder()
                .kind(StructKind.PEEK_FIELDS_NO_EXPAND)
                .add("key", Objects.requireNonNull(map.getKeyType()))
                .add("value", Objects.requireNonNull(map.getValueType()))
                .build();
        return nullable(binding, factory.createArrayType(entry, -1), map.isNullable());
    }

    private static RelDataType common(SqlOperatorBinding binding, List<RelDataType> types) {
        RelDataType common = binding.getTypeFactory().leastRestrictive(types);
        return common == null ? types.get(0) : common;
    }

    private static RelDataType element(RelDataType type) {
        return Objects.requireNonNull(type.getComponentType());
    }

    private static boolean anyNullable(SqlOperatorBinding binding) {
        return binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    }

    private static RelDataType nullable(SqlOperatorBinding binding, RelDataType type, boolean nullable) {
        return binding.getTypeFactory().createTypeWithNullability(type, nullable);
    }
}
