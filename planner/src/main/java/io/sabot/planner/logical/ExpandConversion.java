package io.sabot.planner.logical;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/** Makes {@link ExpandRel} of UNNEST and of table functions, which come as correlations. */
final class ExpandConversion extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (visited instanceof Correlate correlate) {
            RelNode expanded = expand(correlate);
            return expanded == null ? keepingLeft(correlate) : expanded;
        }
        if (visited instanceof Uncollect uncollect
                && uncollect.getInput().getRowType().getFieldCount() == 1
                && !RelOptUtil.getVariablesUsed(uncollect).iterator().hasNext()) {
            return new ExpandRel(
                    uncollect.getInput(),
                    RexInputRef.of(0, uncollect.getInput().getRowType()),
                    uncollect.withOrdinality,
                    false,
                    List.of(),
                    uncollect.getCluster().getRexBuilder().makeLiteral(true),
                    uncollect.getRowType());
        }
        return visited;
    }

    /** What stands on the right side, taken apart. */
    private static final class Right {
        private final List<RexNode> conjuncts = new ArrayList<>();
        private List<RexNode> projections;
        private RelNode base;

        Right(RelNode right) {
            base = right;
            projections = identity(right);
            while (base instanceof Project || base instanceof Filter) {
                if (base instanceof Project project) {
                    projections = RelOptUtil.pushPastProject(projections, project);
                    List<RexNode> pushed = RelOptUtil.pushPastProject(conjuncts, project);
                    conjuncts.clear();
                    conjuncts.addAll(pushed);
                    base = project.getInput();
                } else {
                    conjuncts.addAll(0, RelOptUtil.conjunctions(((Filter) base).getCondition()));
                    base = ((Filter) base).getInput();
                }
            }
        }

        private static List<RexNode> identity(RelNode rel) {
            return IntStream.range(0, rel.getRowType().getFieldCount())
                    .mapToObj(column -> (RexNode) RexInputRef.of(column, rel.getRowType()))
                    .toList();
        }

        /** The collection or call, over correlated columns; null when the right side is something else. */
        @Nullable
        RexNode source() {
            if (base instanceof Uncollect uncollect
                    && uncollect.getInput() instanceof Project project
                    && project.getInput() instanceof Values values
                    && values.getTuples().size() == 1
                    && project.getProjects().size() == 1) {
                return project.getProjects().get(0);
            }
            return base instanceof TableFunctionScan scan && scan.getInputs().isEmpty() ? scan.getCall() : null;
        }

        boolean isPlain() {
            return projections.stream().allMatch(node -> node instanceof RexInputRef);
        }
    }

    private static @Nullable RelNode expand(Correlate correlate) {
        Right right = new Right(correlate.getRight());
        RexNode source = right.source();
        boolean keepsEmpty = correlate.getJoinType() == JoinRelType.LEFT;
        if (source == null
                || (!keepsEmpty && correlate.getJoinType() != JoinRelType.INNER)
                || (keepsEmpty && !right.isPlain())) {
            return null;
        }
        RexBuilder rex = correlate.getCluster().getRexBuilder();
        RelNode left = correlate.getLeft();
        int columns = left.getRowType().getFieldCount();
        ToLeft toLeft = new ToLeft(correlate.getCorrelationId(), left.getRowType());
        RelDataType rowType = rowType(left.getRowType(), right.base.getRowType(), keepsEmpty, rex.getTypeFactory());
        RexNode condition = RexUtil.composeConjunction(
                rex,
                right.conjuncts.stream()
                        .map(node -> RexUtil.shift(node, columns).accept(toLeft))
                        .toList());
        RelNode expanded = new ExpandRel(
                left,
                source.accept(toLeft),
                right.base instanceof Uncollect uncollect && uncollect.withOrdinality,
                keepsEmpty,
                IntStream.range(0, columns).boxed().toList(),
                condition,
                rowType);
        List<RexNode> projections = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            projections.add(RexInputRef.of(column, rowType));
        }
        for (RexNode node : right.projections) {
            projections.add(
                    node instanceof RexInputRef ref
                            ? RexInputRef.of(ref.getIndex() + columns, rowType)
                            : RexUtil.shift(node, columns).accept(toLeft));
        }
        return LogicalProject.create(
                expanded, List.of(), projections, correlate.getRowType().getFieldNames(), Set.of());
    }

    private static RelDataType rowType(
            RelDataType left, RelDataType right, boolean keepsEmpty, RelDataTypeFactory factory) {
        List<RelDataType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RelDataTypeField field : left.getFieldList()) {
            types.add(field.getType());
            names.add(field.getName());
        }
        for (RelDataTypeField field : right.getFieldList()) {
            types.add(keepsEmpty ? factory.createTypeWithNullability(field.getType(), true) : field.getType());
            names.add(field.getName());
        }
        return factory.createStructType(types, SqlValidatorUtil.uniquify(names, true));
    }

    /** Puts columns of the left side in place of the correlated ones. */
    private static final class ToLeft extends RexShuttle {
        private final CorrelationId id;
        private final RelDataType left;

        ToLeft(CorrelationId id, RelDataType left) {
            this.id = id;
            this.left = left;
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable variable && variable.id.equals(id)
                    ? RexInputRef.of(access.getField().getIndex(), left)
                    : super.visitFieldAccess(access);
        }
    }

    /** An aggregate without keys gives a row in any case; decorrelation as an inner join would lose it. */
    private static RelNode keepingLeft(Correlate correlate) {
        Deque<Project> above = new ArrayDeque<>();
        RelNode right = correlate.getRight();
        while (right instanceof Project project) {
            above.push(project);
            right = project.getInput();
        }
        if (!(right instanceof Aggregate aggregate)
                || aggregate.getGroupCount() != 0
                || correlate.getJoinType() != JoinRelType.INNER) {
            return correlate;
        }
        RelNode complete = RowOfNothing.complete(aggregate);
        for (Project project : above) {
            complete = project.copy(project.getTraitSet(), List.of(complete));
        }
        RelNode kept = correlate.copy(
                correlate.getTraitSet(),
                correlate.getLeft(),
                complete,
                correlate.getCorrelationId(),
                correlate.getRequiredColumns(),
                JoinRelType.LEFT);
        return NeverNull.typed(kept, correlate.getRowType());
    }
}
