package io.sabot.planner.logical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Writes an aggregation by several grouping sets as the union of one aggregation per set over the same input; keys that a
 * set does not have are NULL. GROUPING and GROUPING_ID are then constants of their branch. So windows may be among the keys
 * of each set, and every set is two-phase or not by itself.
 */
final class GroupingSets extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (visited instanceof Aggregate aggregate
                && (aggregate.getGroupType() != Aggregate.Group.SIMPLE
                        || aggregate.getAggCallList().stream().anyMatch(GroupingSets::isGrouping))) {
            return union(aggregate);
        }
        return visited;
    }

    private static boolean isGrouping(AggregateCall call) {
        return switch (call.getAggregation().getKind()) {
            case GROUPING, GROUPING_ID -> true;
            default -> false;
        };
    }

    private static RelNode union(Aggregate aggregate) {
        List<RelNode> branches = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            branches.add(branch(aggregate, set));
        }
        return branches.size() == 1 ? branches.get(0) : LogicalUnion.create(branches, true);
    }

    private static RelNode branch(Aggregate aggregate, ImmutableBitSet set) {
        boolean hadEmptyGroup = aggregate.hasEmptyGroup();
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .filter(call -> !isGrouping(call))
                .map(call -> call.adaptTo(
                        aggregate.getInput(), call.getArgList(), call.filterArg, hadEmptyGroup, set.isEmpty()))
                .toList();
        RelNode simple = LogicalAggregate.create(aggregate.getInput(), aggregate.getHints(), set, null, calls);
        RexBuilder rex = aggregate.getCluster().getRexBuilder();
        RelDataType output = aggregate.getRowType();
        List<RexNode> columns = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            RelDataType type = output.getFieldList().get(columns.size()).getType();
            columns.add(
                    set.get(key)
                            ? rex.ensureType(type, RexInputRef.of(set.indexOf(key), simple.getRowType()), true)
                            : rex.makeNullLiteral(type));
        }
        int next = set.cardinality();
        for (AggregateCall call : aggregate.getAggCallList()) {
            RelDataType type = output.getFieldList().get(columns.size()).getType();
            columns.add(
                    isGrouping(call)
                            ? rex.makeLiteral(BigDecimal.valueOf(grouping(call, set)), type, false)
                            : rex.ensureType(type, RexInputRef.of(next++, simple.getRowType()), true));
        }
        return LogicalProject.create(simple, List.of(), columns, output.getFieldNames(), Set.of());
    }

    /** One bit per argument, the last one lowest: 1 when it is not among the keys. */
    private static long grouping(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        return bits;
    }
}
