package io.sabot.catalog.type;

import java.util.List;
import java.util.stream.Collectors;

/** A structure of named fields. */
public record RowType(List<Field> fields, boolean nullable) implements DataType {
    public RowType {
        fields = List.copyOf(fields);
    }

    @Override
    public RowType withNullable(boolean newNullable) {
        return new RowType(fields, newNullable);
    }

    @Override
    public String name() {
        return fields.stream()
                .map(field ->
                        Identifiers.quote(field.name()) + " " + field.type().sql())
                .collect(Collectors.joining(", ", "ROW<", ">"));
    }

    @Override
    public String toString() {
        return sql();
    }
}
