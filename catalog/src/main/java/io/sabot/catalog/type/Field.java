package io.sabot.catalog.type;

/** A named value of a row. Names are case-sensitive. */
public record Field(String name, DataType type) {
    @Override
    public String toString() {
        return name + " " + type.sql();
    }
}
