package io.sabot.connectors.arrow;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.ColumnBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Where a column of the scan stands in a file: a field, perhaps inside others. Bound to each batch anew. */
final class ArrowColumn {
    private final List<Integer> path;
    private final @Nullable ArrowValue value;
    private final List<FieldVector> outer = new ArrayList<>();
    private @Nullable FieldVector vector;

    private ArrowColumn(List<Integer> path, @Nullable ArrowValue value) {
        this.path = path;
        this.value = value;
    }

    /**
     * Finds a column; one that the file does not have is NULL.
     *
     * @throws FieldProblem if its values cannot be read as the column's type
     */
    static ArrowColumn of(Schema schema, ScanColumn.Physical column) throws FieldProblem {
        List<Integer> path = new ArrayList<>();
        List<Field> level = schema.getFields();
        @Nullable Field found = null;
        for (String name : column.path()) {
            int index = -1;
            for (int i = 0; i < level.size(); i++) {
                index = index < 0 && level.get(i).getName().equals(name) ? i : index;
            }
            if (index < 0) {
                return new ArrowColumn(List.of(), null);
            }
            found = level.get(index);
            path.add(index);
            level = found.getChildren();
        }
        try {
            return new ArrowColumn(path, ArrowValue.of(Objects.requireNonNull(found), column.type()));
        } catch (FieldProblem problem) {
            throw problem.inside(column.label());
        }
    }

    void bind(List<FieldVector> vectors) {
        outer.clear();
        vector = null;
        for (int index : path) {
            FieldVector last = vector;
            if (last == null) {
                vector = vectors.get(index);
            } else {
                outer.add(last);
                vector = (FieldVector) ((StructVector) last).getChildByOrdinal(index);
            }
        }
    }

    void copy(int row, ColumnBuilder target) throws FieldProblem {
        FieldVector from = vector;
        ArrowValue reader = value;
        if (from == null || reader == null) {
            target.appendNull();
            return;
        }
        for (FieldVector parent : outer) {
            if (parent.isNull(row)) {
                target.appendNull();
                return;
            }
        }
        reader.copy(from, row, target);
    }
}
