package io.sabot.planner.logical;

import io.sabot.planner.validate.TableRelation;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Finds rows that would not be the same if they were computed a second time: operators say whether their values differ each
 * time.
 */
final class ChangingRows extends RexShuttle {
    private boolean found;

    private ChangingRows() {}

    /** Whether these columns, or which rows there are, can differ. */
    static boolean canDiffer(RelNode rel, ImmutableBitSet columns) {
        if (rel instanceof OnceRel) {
            return false;
        }
        if (rel instanceof TableScan scan) {
            TableRelation table = scan.getTable().unwrap(TableRelation.class);
            return table != null
                    && columns.asList().stream()
                            .anyMatch(column ->
                                    table.isChanging(column, scan.getCluster().getTypeFactory()));
        }
        if (rel instanceof Project project) {
            return columns.asList().stream()
                            .anyMatch(column -> !RexUtil.isDeterministic(
                                    project.getProjects().get(column)))
                    || canDiffer(project.getInput(), read(project, columns));
        }
        if (rel instanceof Filter filter) {
            return !RexUtil.isDeterministic(filter.getCondition())
                    || canDiffer(filter.getInput(), columns.union(RelOptUtil.InputFinder.bits(filter.getCondition())));
        }
        if (rel instanceof Join join) {
            return joinCanDiffer(join, columns);
        }
        if (rel instanceof Union union && union.all) {
            return union.getInputs().stream().anyMatch(input -> canDiffer(input, columns));
        }
        return holdsChanging(rel)
                || rel.getInputs().stream()
                        .anyMatch(input -> canDiffer(
                                input, ImmutableBitSet.range(input.getRowType().getFieldCount())));
    }

    private static ImmutableBitSet read(Project project, ImmutableBitSet columns) {
        return RelOptUtil.InputFinder.bits(
                columns.asList().stream().map(project.getProjects()::get).toList(), null);
    }

    private static boolean joinCanDiffer(Join join, ImmutableBitSet columns) {
        int border = join.getLeft().getRowType().getFieldCount();
        ImmutableBitSet left = ImmutableBitSet.range(border);
        ImmutableBitSet read = (join.getJoinType().projectsRight() ? columns : columns.intersect(left))
                .union(RelOptUtil.InputFinder.bits(join.getCondition()));
        return !RexUtil.isDeterministic(join.getCondition())
                || canDiffer(join.getLeft(), read.intersect(left))
                || canDiffer(join.getRight(), read.except(left).shift(-border));
    }

    /** Of the node alone. A look-up finds what the other table holds by then. */
    private static boolean holdsChanging(RelNode rel) {
        if (rel instanceof AsOfJoinRel join) {
            return join.leftTime() < 0 || !RexUtil.isDeterministic(join.condition());
        }
        if (rel instanceof Aggregate aggregate) {
            return aggregate.getAggCallList().stream()
                    .anyMatch(call -> !call.getAggregation().isDeterministic());
        }
        ChangingRows shuttle = new ChangingRows();
        rel.accept(shuttle);
        if (rel instanceof Match match) {
            match.getPatternDefinitions().values().forEach(shuttle::apply);
            match.getMeasures().values().forEach(shuttle::apply);
        }
        return shuttle.found;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        found |= !RexUtil.isDeterministic(call);
        return call;
    }
}
