package io.sabot.connectors.record;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import java.util.List;

/** Puts NULL where a row got no value, and checks what must have one. */
public final class RowCompletion {
    private final List<ScanColumn> columns;
    private final boolean[] required;

    /** For rows of these columns, which are read from records with the fields of {@code physical}. */
    public RowCompletion(Schema physical, List<ScanColumn> columns) {
        this.columns = List.copyOf(columns);
        this.required = new boolean[columns.size()];
        for (Wanted tree : Wanted.trees(physical, columns)) {
            collect(tree);
        }
    }

    private void collect(Wanted node) {
        if (node.isColumn()) {
            required[node.column()] = node.required();
        }
        node.fields().values().forEach(this::collect);
    }

    /** The builders of the columns. */
    public ColumnBuilder[] targets(BatchBuilder rows, int firstColumn) {
        ColumnBuilder[] targets = new ColumnBuilder[required.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = rows.column(firstColumn + i);
        }
        return targets;
    }

    /** Ends row {@code row} of the columns. */
    public void complete(ColumnBuilder[] targets, int row) throws FieldProblem {
        for (int i = 0; i < targets.length; i++) {
            if (targets[i].rowCount() == row) {
                targets[i].appendNull();
            }
            if (required[i] && targets[i].isNull(row)) {
                throw new FieldProblem(
                        columns.get(i).label(), "the value is missing or null, but the column is NOT NULL");
            }
        }
    }
}
