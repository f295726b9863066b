package io.sabot.catalog.type;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The columns of a row, in order. Names may repeat in results of queries, never in tables. */
public record Schema(List<Field> fields) {
    public Schema {
        fields = List.copyOf(fields);
    }

    /** A schema of these columns. */
    public static Schema of(Field... fields) {
        return new Schema(Arrays.asList(fields));
    }

    /** Number of columns. */
    public int size() {
        return fields.size();
    }

    /** Name of a column. */
    public String name(int index) {
        return fields.get(index).name();
    }

    /** Type of a column. */
    public DataType type(int index) {
        return fields.get(index).type();
    }

    /** Position of the first column of this name. */
    public OptionalInt indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The columns at these positions, in their order. */
    public Schema select(int... indices) {
        return new Schema(Arrays.stream(indices).mapToObj(fields::get).toList());
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
