package io.sabot.catalog.type;

/** A map from keys of one type to values of another. */
public record MapType(DataType key, DataType value, boolean nullable) implements DataType {
    @Override
    public MapType withNullable(boolean newNullable) {
        return new MapType(key, value, newNullable);
    }

    @Override
    public String name() {
        return "MAP<" + key.sql() + ", " + value.sql() + ">";
    }

    @Override
    public String toString() {
        return sql();
    }
}
