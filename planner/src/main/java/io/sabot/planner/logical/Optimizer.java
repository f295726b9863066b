package io.sabot.planner.logical;

import io.sabot.planner.size.RelSizes;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.MarkToSemiOrAntiJoinRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;

/**
 * Rewrites the relational tree by rules that keep its meaning: sub-queries to joins, windows to nodes of their own,
 * filters down, columns that nobody reads away. Phases run one after the other, each to its end.
 *
 * <p>Rules are made from their configurations: touching {@code CoreRules} would load a thousand classes.
 */
public final class Optimizer {
    private Optimizer() {}

    /**
     * A query made simpler, by itself.
     *
     * @param sizes of the tables, for the order of joins
     */
    public static RelNode simplify(RelNode query, RelSizes sizes) {
        RelNode rel = query.accept(new AsOfConversion()).accept(new ExpandConversion());
        rel = Has.subQuery(rel) || Has.correlate(rel) ? withoutSubQueries(rel) : rel;
        rel = rel.accept(new MatchNeighbours()).accept(new WindowConversion()).accept(new JsonAggregates());
        if (!Has.table(rel)) {
            return rel; // SELECT 1 loads no rules
        }
        return pushFilters(rel.accept(new Conditions()))
                .accept(new JoinOrder(sizes))
                .accept(new FilterBelowWindow())
                .accept(new FilterBelowExpand())
                .accept(new AsOfConversion());
    }

    /** The trees that the physical pass translates: of the simplified queries of one plan, which may have parts in common. */
    public static List<RelNode> optimize(List<RelNode> simplified, DistinctBuckets buckets) {
        boolean tables = simplified.stream().anyMatch(Has::table);
        List<RelNode> pruned = tables ? ColumnPruning.prune(simplified, Optimizer::builder) : simplified;
        return pruned.stream()
                .map(rel -> rel.accept(new GroupingSets()))
                .map(rel -> buckets.count() > 0 ? rel.accept(new DistinctSplit(buckets)) : rel)
                .map(rel -> tables ? pushFilters(rel) : rel)
                .map(rel -> rel.accept(new SearchExpansion()))
                .toList();
    }

    private static RelNode withoutSubQueries(RelNode query) {
        RelNode rel = run(
                ConditionOrder.aroundSubQueries(query),
                SubQueryRemoveRule.Config.FILTER_ENABLE_MARK_JOIN.toRule(),
                SubQueryRemoveRule.Config.PROJECT_ENABLE_MARK_JOIN.toRule(),
                SubQueryRemoveRule.Config.JOIN.toRule());
        // what stood in sub-queries
        rel = rel.accept(new AsOfConversion())
                .accept(new ExpandConversion())
                .accept(new OuterFieldColumns())
                .accept(new OuterRowsOnce())
                .accept(new OuterCollections());
        // sub-queries within sub-queries lose one level of correlation at a time
        for (RelNode before = null; Has.correlate(rel) && (before == null || !before.deepEquals(rel)); ) {
            before = rel;
            rel = new Decorrelation(Optimizer::builder).rewrite(rel);
        }
        return run(
                        rel,
                        MergeFilters.ofSafeOnes(),
                        filterBelowProject(),
                        ProjectMergeRule.Config.DEFAULT.toRule(),
                        ProjectRemoveRule.Config.DEFAULT.toRule(),
                        MarkToSemiOrAntiJoinRule.Config.DEFAULT.toRule())
                .accept(new SemiJoinOfValues());
    }

    private static RelNode pushFilters(RelNode rel) {
        RelNode pushed = run(rel, filterBelowProject(), MergeFilters.all());
        return run(
                ConditionOrder.beforeFailures(pushed),
                filterBelowProject(),
                MergeFilters.ofSafeOnes(),
                FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT
                        .withOperandSupplier(filter -> filter.operand(Filter.class)
                                .predicate(Optimizer::isSafe)
                                .oneInput(join -> join.operand(Join.class).anyInputs()))
                        .as(FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.class)
                        .toRule(),
                FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig.DEFAULT
                        .withOperandSupplier(join -> join.operand(Join.class)
                                .predicate(found -> !Fallible.canFail(found.getCondition()))
                                .anyInputs())
                        .as(FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig.class)
                        .toRule(),
                FilterSetOpTransposeRule.Config.DEFAULT.toRule());
    }

    private static boolean isSafe(Filter filter) {
        return !Fallible.canFail(filter.getCondition());
    }

    /** Not past values that differ each time they are computed. */
    private static RelOptRule filterBelowProject() {
        return FilterProjectTransposeRule.Config.DEFAULT
                .withOperandFor(
                        Filter.class,
                        filter -> !RexUtil.containsCorrelation(filter.getCondition()),
                        Project.class,
                        project -> project.getProjects().stream().allMatch(RexUtil::isDeterministic))
                .toRule();
    }

    private static RelNode run(RelNode rel, RelOptRule... rules) {
        HepProgramBuilder program =
                new HepProgramBuilder().addMatchOrder(HepMatchOrder.TOP_DOWN).addRuleCollection(List.of(rules));
        HepPlanner planner = new HepPlanner(program.build(), Contexts.empty());
        planner.setRoot(rel);
        return planner.findBestExp();
    }

    private static RelBuilder builder(RelNode rel) {
        return RelBuilder.proto(Contexts.of(RelBuilder.Config.DEFAULT
                        .withSimplify(false)
                        .withBloat(-1)
                        .withPruneInputOfAggregate(false)))
                .create(rel.getCluster(), null);
    }

    /** Writes Calcite's SEARCH, its form of IN lists and ranges, as comparisons again. */
    private static final class SearchExpansion extends RelHomogeneousShuttle {
        @Override
        public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other);
            return visited.accept(RexUtil.searchShuttle(visited.getCluster().getRexBuilder(), null, -1));
        }
    }

    /** Looks for what a phase is there for, as most queries have none of it. */
    private static final class Has extends RelHomogeneousShuttle {
        private boolean subQuery;
        private boolean correlate;
        private boolean table;

        static boolean subQuery(RelNode rel) {
            Has has = new Has();
            rel.accept(has);
            return has.subQuery;
        }

        static boolean table(RelNode rel) {
            Has has = new Has();
            rel.accept(has);
            return has.table;
        }

        static boolean correlate(RelNode rel) {
            Has has = new Has();
            rel.accept(has);
            return has.correlate;
        }

        @Override
        public RelNode visit(RelNode other) {
            subQuery |= (other instanceof Project project && RexUtil.SubQueryFinder.containsSubQuery(project))
                    || (other instanceof Filter filter && RexUtil.SubQueryFinder.containsSubQuery(filter))
                    || (other instanceof Join join && RexUtil.SubQueryFinder.containsSubQuery(join));
            correlate |= other instanceof Correlate;
            table |= other instanceof TableScan;
            return super.visit(other);
        }
    }
}
