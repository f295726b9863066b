package io.sabot.planner.physical;

import io.sabot.catalog.Column;
import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.planner.plan.CalciteTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What a scan decodes: the columns of a table, and fields inside them, that some expression of the plan reads. First
 * every expression is told by {@link #require}, then {@link #rewrite} puts scan columns in place of paths.
 */
final class ScanLayout {
    private final Table table;
    private final RexBuilder builder;
    /** Paths of column index, then field indices, with the nullable-where-a-row-is type of what they end at. */
    private final Map<List<Integer>, RelDataType> required = new HashMap<>();

    private List<List<Integer>> paths = List.of();

    ScanLayout(Table table, RexBuilder builder) {
        this.table = table;
        this.builder = builder;
    }

    /** Notes what an expression over carried columns reads. */
    void require(RexNode expression) {
        expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                required.put(List.of(ref.getIndex()), ref.getType());
                return ref;
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                Path path = path(access);
                if (path == null) {
                    return super.visitFieldAccess(access);
                }
                required.put(path.indices(), path.type());
                return access;
            }
        });
        paths = List.of();
    }

    /** The columns of the scan: in the order of the table, a whole column in place of its fields. */
    List<ScanColumn> columns() {
        return paths().stream().map(this::column).toList();
    }

    /** Types of the scan's columns. */
    RelDataType rowType() {
        RelDataTypeFactory.Builder row = builder.getTypeFactory().builder();
        List<ScanColumn> columns = columns();
        for (int i = 0; i < columns.size(); i++) {
            row.add(columns.get(i).label(), type(paths().get(i)));
        }
        return row.build();
    }

    /** The expression over the scan's columns. */
    RexNode rewrite(RexNode expression) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return scanColumn(List.of(ref.getIndex()));
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                Path path = path(access);
                return path != null && paths().contains(path.indices())
                        ? scanColumn(path.indices())
                        : super.visitFieldAccess(access);
            }
        });
    }

    private RexNode scanColumn(List<Integer> path) {
        return new RexInputRef(paths().indexOf(path), type(path));
    }

    private RelDataType type(List<Integer> path) {
        RelDataType type = required.get(path);
        if (type == null) {
            throw new AssertionError("path was not required: " + path);
        }
        return type;
    }

    private List<List<Integer>> paths() {
        if (paths.isEmpty()) {
            paths = required.keySet().stream()
                    .filter(path -> !isInsideAnother(path))
                    .sorted(Comparator.comparing((List<Integer> path) -> path, ScanLayout::compare))
                    .toList();
        }
        return paths;
    }

    private boolean isInsideAnother(List<Integer> path) {
        for (int length = 1; length < path.size(); length++) {
            if (required.containsKey(path.subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    private static int compare(List<Integer> left, List<Integer> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = Integer.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private ScanColumn column(List<Integer> path) {
        Column column = table.columns().get(path.get(0));
        if (column instanceof Column.Metadata metadata) {
            return new ScanColumn.Metadata(metadata.key(), metadata.type());
        }
        List<String> names = new ArrayList<>(List.of(column.name()));
        RelDataType type = CalciteTypes.toCalcite(column.type(), builder.getTypeFactory());
        for (int index : path.subList(1, path.size())) {
            names.add(type.getFieldList().get(index).getName());
            type = type.getFieldList().get(index).getType();
        }
        return new ScanColumn.Physical(names, CalciteTypes.toCatalog(type(path)));
    }

    private record Path(List<Integer> indices, RelDataType type) {}

    /** The path of a chain of field accesses that begins at a physical column; null for any other. */
    private @Nullable Path path(RexFieldAccess access) {
        List<Integer> indices = new ArrayList<>();
        boolean nullable = access.getType().isNullable();
        RexNode node = access;
        while (node instanceof RexFieldAccess step) {
            indices.add(0, step.getField().getIndex());
            node = step.getReferenceExpr();
            nullable |= node.getType().isNullable();
        }
        if (!(node instanceof RexInputRef ref) || !(table.columns().get(ref.getIndex()) instanceof Column.Physical)) {
            return null;
        }
        indices.add(0, ref.getIndex());
        return new Path(
                List.copyOf(indices), builder.getTypeFactory().createTypeWithNullability(access.getType(), nullable));
    }
}
