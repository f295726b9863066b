package io.sabot.catalog.type;

/** A bag of values of one type. */
public record MultisetType(DataType element, boolean nullable) implements DataType {
    @Override
    public MultisetType withNullable(boolean newNullable) {
        return new MultisetType(element, newNullable);
    }

    @Override
    public String name() {
        return "MULTISET<" + element.sql() + ">";
    }

    @Override
    public String toString() {
        return sql();
    }
}
