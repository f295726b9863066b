package io.sabot.catalog.type;

/** A SQL data type with its nullability. Two types are equal when all their parts are. */
public sealed interface DataType permits AtomicType, ArrayType, MapType, MultisetType, RowType {
    /** Whether NULL is a value of this type. */
    boolean nullable();

    /** The same type with another nullability of its outermost level. */
    DataType withNullable(boolean nullable);

    /** The type as it is written in SQL without its nullability, for instance {@code DECIMAL(10, 2)}. */
    String name();

    /** The type as it is written in a column definition: {@link #name()} and {@code NOT NULL} where it is so. */
    default String sql() {
        return nullable() ? name() : name() + " NOT NULL";
    }

    /** Whether the two are the same type but for the nullability of the outermost level. */
    default boolean sameIgnoringNull(DataType other) {
        return withNullable(true).equals(other.withNullable(true));
    }
}
