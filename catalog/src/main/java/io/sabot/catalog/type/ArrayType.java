package io.sabot.catalog.type;

/** A list of values of one type. */
public record ArrayType(DataType element, boolean nullable) implements DataType {
    @Override
    public ArrayType withNullable(boolean newNullable) {
        return new ArrayType(element, newNullable);
    }

    @Override
    public String name() {
        return "ARRAY<" + element.sql() + ">";
    }

    @Override
    public String toString() {
        return sql();
    }
}
