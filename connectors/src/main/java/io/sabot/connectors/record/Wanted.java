package io.sabot.connectors.record;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a scan wants of a record or of an object in it: fields by name, each of them a column or an object of which again parts are wanted. */
public final class Wanted {
    private final Map<String, Wanted> fields = new LinkedHashMap<>();
    private final int column;
    private final @Nullable DataType type;
    private final boolean required;

    private Wanted(int column, @Nullable DataType type, boolean required) {
        this.column = column;
        this.type = type;
        this.required = required;
    }

    /**
     * Trees that together want all columns. More than one only where a column lies inside another, or comes twice:
     * records are then read once for each tree.
     */
    public static List<Wanted> trees(Schema physical, List<ScanColumn> columns) {
        List<Wanted> trees = new ArrayList<>();
        trees.add(new Wanted(-1, null, false));
        for (int i = 0; i < columns.size(); i++) {
            ScanColumn column = columns.get(i);
            if (!(column instanceof ScanColumn.Physical field)) {
                throw new IllegalArgumentException("no metadata column " + column.label());
            }
            Wanted leaf = new Wanted(i, field.type(), isRequired(physical, field.path()));
            int tree = 0;
            while (!trees.get(tree).add(field.path(), 0, leaf)) {
                tree++;
                if (tree == trees.size()) {
                    trees.add(new Wanted(-1, null, false));
                }
            }
        }
        return trees;
    }

    private boolean add(List<String> path, int depth, Wanted leaf) {
        String name = path.get(depth);
        Wanted there = fields.get(name);
        if (depth == path.size() - 1) {
            return there == null && fields.put(name, leaf) == null;
        }
        if (there == null) {
            there = new Wanted(-1, null, false);
            fields.put(name, there);
        }
        return !there.isColumn() && there.add(path, depth + 1, leaf);
    }

    /** Whether neither the column nor any row on the way to it may be NULL. */
    private static boolean isRequired(Schema physical, List<String> path) {
        List<io.sabot.catalog.type.Field> level = physical.fields();
        for (String name : path) {
            DataType found = level.stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no field " + path + " in " + physical))
                    .type();
            if (found.nullable()) {
                return false;
            }
            level = found instanceof RowType row ? row.fields() : List.of();
        }
        return true;
    }

    /** Fields that are wanted of an object, by name. */
    public Map<String, Wanted> fields() {
        return fields;
    }

    /** Whether this is a column. */
    public boolean isColumn() {
        return column >= 0;
    }

    /** Index of the column; -1 of an object of which parts are wanted. */
    public int column() {
        return column;
    }

    /** Type of the column. */
    public DataType type() {
        return java.util.Objects.requireNonNull(type);
    }

    /** Whether the column must not be NULL. */
    public boolean required() {
        return required;
    }
}
