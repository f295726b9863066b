package io.sabot.connectors.arrow;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.DataType;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.ColumnBuilder;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Where a column of the scan stands in a file: a field, perhaps inside others. Bound to each batch anew. */
final class ArrowColumn {
    private final int index;
    private final ArrowValue value;
    private @Nullable FieldVector vector;

    private ArrowColumn(int index, ArrowValue value) {
        this.index = index;
        this.value = value;
    }

    /**
     * Finds a column; one that the file does not have is NULL.
     *
     * @throws FieldProblem if its values cannot be read as the column's type
     */
    static ArrowColumn of(Schema schema, ScanColumn.Physical column, DictionaryProvider dictionaries)
            throws FieldProblem {
        List<String> path = column.path();
        int index = ArrowValue.indexOf(schema.getFields(), path.get(0));
        if (index < 0) {
            return new ArrowColumn(-1, ArrowValue.MISSING);
        }
        try {
            Field field = schema.getFields().get(index);
            return new ArrowColumn(index, inside(field, path.subList(1, path.size()), column.type(), dictionaries));
        } catch (FieldProblem problem) {
            throw problem.inside(column.label());
        }
    }

    /** Reads what stands at a path inside a field. */
    private static ArrowValue inside(Field field, List<String> path, DataType type, DictionaryProvider dictionaries)
            throws FieldProblem {
        if (path.isEmpty()) {
            return ArrowValue.of(field, type, dictionaries);
        }
        if (field.getDictionary() != null) {
            return ArrowValue.decoded(field, dictionaries, values -> inside(values, path, type, dictionaries));
        }
        int child = ArrowValue.indexOf(field.getChildren(), path.get(0));
        if (child < 0) {
            return ArrowValue.MISSING;
        }
        return ArrowValue.child(
                child, inside(field.getChildren().get(child), path.subList(1, path.size()), type, dictionaries));
    }

    void bind(List<FieldVector> vectors) {
        vector = index < 0 ? null : vectors.get(index);
    }

    void copy(int row, ColumnBuilder target) throws FieldProblem {
        FieldVector from = vector;
        if (from == null) {
            target.appendNull();
        } else {
            value.copy(from, row, target);
        }
    }
}
