package io.sabot.planner.logical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.ConditionalCorrelate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Gives each field of a ROW that a sub-query reads of its outer row a column of its own. Decorrelation joins by the columns that
 * are read, and ROWs field by field, which takes NULL for a ROW of NULLs.
 */
final class OuterFieldColumns extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (!(visited instanceof Correlate correlate)) {
            return visited;
        }
        Map<RexFieldAccess, Integer> fields = new LinkedHashMap<>();
        everywhere(correlate.getRight(), new Fields(correlate.getCorrelationId()) {
            @Override
            RexNode field(RexFieldAccess access, boolean nested) {
                if (nested) {
                    fields.putIfAbsent(access, fields.size());
                }
                return access;
            }
        });
        return fields.isEmpty() ? correlate : widened(correlate, fields);
    }

    /** Visits the fields of outer rows: those of a ROW in them as a whole, {@code o.place.city}. */
    private abstract static class Fields extends RexShuttle {
        private final CorrelationId id;

        Fields(CorrelationId id) {
            this.id = id;
        }

        abstract RexNode field(RexFieldAccess access, boolean nested);

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            RexNode root = access;
            while (root instanceof RexFieldAccess inner) {
                root = inner.getReferenceExpr();
            }
            return root instanceof RexCorrelVariable variable && variable.id.equals(id)
                    ? field(access, access.getReferenceExpr() instanceof RexFieldAccess)
                    : super.visitFieldAccess(access);
        }
    }

    private static RelNode everywhere(RelNode rel, RexShuttle expressions) {
        return rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(expressions);
            }
        });
    }

    private static RelNode widened(Correlate correlate, Map<RexFieldAccess, Integer> fields) {
        RexBuilder rex = correlate.getCluster().getRexBuilder();
        RelNode left = correlate.getLeft();
        int columns = left.getRowType().getFieldCount();
        List<RexNode> projects = new ArrayList<>();
        List<String> names = new ArrayList<>(left.getRowType().getFieldNames());
        for (int column = 0; column < columns; column++) {
            projects.add(rex.makeInputRef(left, column));
        }
        fields.forEach((field, number) -> {
            projects.add(overRows(field, left, rex));
            names.add("$field" + (columns + number));
        });
        RelNode wide = LogicalProject.create(left, List.of(), projects, names, Set.of());
        RexNode outer = rex.makeCorrel(wide.getRowType(), correlate.getCorrelationId());
        ImmutableBitSet.Builder required = ImmutableBitSet.builder();
        RelNode right = everywhere(correlate.getRight(), new Fields(correlate.getCorrelationId()) {
            @Override
            RexNode field(RexFieldAccess access, boolean nested) {
                Integer number = nested ? fields.get(access) : null;
                int column = number == null ? access.getField().getIndex() : columns + number;
                required.set(column);
                return rex.makeFieldAccess(outer, column);
            }
        });
        return narrowed(joined(correlate, wide, right, required.build()), columns, fields.size(), correlate);
    }

    private static RexNode overRows(RexFieldAccess field, RelNode rows, RexBuilder rex) {
        int index = field.getField().getIndex();
        return field.getReferenceExpr() instanceof RexFieldAccess inner
                ? rex.makeFieldAccess(overRows(inner, rows, rex), index)
                : rex.makeInputRef(rows, index);
    }

    private static RelNode joined(Correlate correlate, RelNode left, RelNode right, ImmutableBitSet required) {
        if (!(correlate instanceof ConditionalCorrelate conditional)) {
            return correlate.copy(
                    correlate.getTraitSet(),
                    left,
                    right,
                    correlate.getCorrelationId(),
                    required,
                    correlate.getJoinType());
        }
        int before = correlate.getLeft().getRowType().getFieldCount();
        int added = left.getRowType().getFieldCount() - before;
        RexNode condition = conditional.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return ref.getIndex() < before ? ref : new RexInputRef(ref.getIndex() + added, ref.getType());
            }
        });
        return conditional.copy(
                correlate.getTraitSet(),
                left,
                right,
                correlate.getCorrelationId(),
                required,
                correlate.getJoinType(),
                condition);
    }

    /** Without the columns that were added. */
    private static RelNode narrowed(RelNode wide, int columns, int added, Correlate like) {
        List<RexNode> projects = new ArrayList<>();
        int width = wide.getRowType().getFieldCount();
        for (int column = 0; column < width; column++) {
            if (column < columns || column >= columns + added) {
                projects.add(RexInputRef.of(column, wide.getRowType()));
            }
        }
        return LogicalProject.create(
                wide, List.of(), projects, like.getRowType().getFieldNames(), Set.of());
    }
}
