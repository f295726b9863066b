package io.sabot.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Projections and filters on top of each other, as one: over the columns of {@code base} first test the conjuncts in
 * order, then compute the projections.
 */
record Chain(RelNode base, List<RexNode> conjuncts, List<RexNode> projections) {
    Chain {
        conjuncts = List.copyOf(conjuncts);
        projections = List.copyOf(projections);
    }

    /** Takes filters and projections off the tree, as far as each value is still computed once only. */
    static Chain peel(RelNode rel) {
        if (rel instanceof Project project && !project.containsOver()) {
            Chain below = peel(project.getInput());
            return below.isRepeatable()
                    ? new Chain(below.base, below.conjuncts, below.inline(project.getProjects()))
                    : identity(project.getInput()).project(project.getProjects());
        }
        if (rel instanceof Filter filter) {
            Chain below = peel(filter.getInput());
            Chain from = below.isRepeatable() ? below : identity(filter.getInput());
            List<RexNode> conjuncts = new ArrayList<>(from.conjuncts);
            conjuncts.addAll(from.inline(RelOptUtil.conjunctions(filter.getCondition())));
            return new Chain(from.base, conjuncts, from.projections);
        }
        return identity(rel);
    }

    static Chain identity(RelNode rel) {
        return new Chain(
                rel,
                List.of(),
                IntStream.range(0, rel.getRowType().getFieldCount())
                        .mapToObj(i -> (RexNode) RexInputRef.of(i, rel.getRowType()))
                        .toList());
    }

    private Chain project(List<RexNode> newProjections) {
        return new Chain(base, conjuncts, newProjections);
    }

    /** Whether nothing but columns goes through. */
    boolean isIdentity() {
        return conjuncts.isEmpty() && RexUtil.isIdentity(projections, base.getRowType());
    }

    /** The base, if it has calls by OVER that something above looks at: one that nobody looks at only drops late rows. */
    Optional<Project> over() {
        return base instanceof Project over && over.containsOver() && reads(over)
                ? Optional.of(over)
                : Optional.empty();
    }

    private boolean reads(Project over) {
        ImmutableBitSet read =
                RelOptUtil.InputFinder.bits(projections, null).union(RelOptUtil.InputFinder.bits(conjuncts, null));
        return read.asList().stream()
                .anyMatch(column -> RexOver.containsOver(over.getProjects().get(column)));
    }

    private boolean isRepeatable() {
        return projections.stream().allMatch(RexUtil::isDeterministic);
    }

    /** Expressions over the output of this chain, as expressions over its base. */
    List<RexNode> inline(List<RexNode> overOutput) {
        return overOutput.stream().map(node -> inline(node, projections)).toList();
    }

    static RexNode inline(RexNode node, List<RexNode> projections) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return projections.get(ref.getIndex());
            }

            @Override
            public RexNode visitCall(RexCall call) {
                RexNode visited = super.visitCall(call);
                return visited.isA(SqlKind.CAST) ? withoutDetour((RexCall) visited) : visited;
            }
        });
    }

    /** A cast without one below it to the same type that can be NULL: what is left where an outer join became an inner one. */
    private static RexNode withoutDetour(RexCall cast) {
        return cast.getOperands().get(0) instanceof RexCall below
                        && below.isA(SqlKind.CAST)
                        && below.getOperands().get(0).getType().equals(cast.getType())
                        && SqlTypeUtil.equalSansNullability(below.getType(), cast.getType())
                ? below.getOperands().get(0)
                : cast;
    }
}
