package io.sabot.planner.logical;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.sql2rel.TopDownGeneralDecorrelator;
import org.apache.calcite.tools.RelBuilder;

/**
 * Turns correlations into joins, from the inside out: each tree that depends on nothing outside of it goes through Calcite's
 * decorrelator alone. That one keeps the variables of a correlation while it looks at the next beside it, and then looks for
 * them where they are not.
 */
final class Decorrelation {
    private final Function<RelNode, RelBuilder> builders;

    Decorrelation(Function<RelNode, RelBuilder> builders) {
        this.builders = builders;
    }

    RelNode rewrite(RelNode rel) {
        List<RelNode> inputs = rel.getInputs().stream().map(this::rewrite).toList();
        RelNode rewritten = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return rewritten instanceof Correlate && !dependsOnOutside(rewritten)
                ? TopDownGeneralDecorrelator.decorrelateQuery(rewritten, builders.apply(rewritten))
                : rewritten;
    }

    private static boolean dependsOnOutside(RelNode rel) {
        Set<CorrelationId> used = new HashSet<>();
        Set<CorrelationId> defined = new HashSet<>();
        collect(rel, used, defined);
        return !defined.containsAll(used);
    }

    private static void collect(RelNode rel, Set<CorrelationId> used, Set<CorrelationId> defined) {
        RelOptUtil.VariableUsedVisitor visitor = new RelOptUtil.VariableUsedVisitor(null);
        rel.accept(visitor);
        used.addAll(visitor.variables);
        defined.addAll(rel.getVariablesSet());
        rel.getInputs().forEach(input -> collect(input, used, defined));
    }
}
