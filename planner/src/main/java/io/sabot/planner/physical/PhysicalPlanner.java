package io.sabot.planner.physical;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.planner.logical.AsOfJoinRel;
import io.sabot.planner.logical.ExpandRel;
import io.sabot.planner.logical.OnceRel;
import io.sabot.planner.logical.RowWindowRel;
import io.sabot.planner.logical.WindowAssignRel;
import io.sabot.planner.plan.PlanNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;

/**
 * Translates the optimised tree into nodes of the plan, bottom up: one short method per kind of node. Equal sub-trees
 * become one node.
 */
final class PhysicalPlanner {
    private final Build build;
    private final Calcs calcs;
    private final Scans scans;
    private final Exchanges exchanges;
    private final Aggregates aggregates;
    private final Windows windows;
    private final WindowGrouping windowGrouping;
    private final Joins joins;
    private final TemporalJoins temporalJoins;
    private final LookupJoins lookupJoins;
    private final Sets sets;
    private final RowWindows rowWindows;
    private final Orders orders;
    private final Ranks ranks;
    private final Matches matches;
    private final Expansions expansions;
    private final Overs overs;
    private final Map<RelDigest, Stage> translated = new HashMap<>();

    PhysicalPlanner(Build build) {
        this.build = build;
        this.calcs = new Calcs(build);
        this.exchanges = new Exchanges(build);
        this.scans = new Scans(build, calcs, exchanges);
        this.aggregates = new Aggregates(build, exchanges);
        this.windows = new Windows(build, exchanges);
        this.windowGrouping = new WindowGrouping(build, calcs, windows, aggregates, this::translate);
        this.joins = new Joins(build, calcs, exchanges);
        this.lookupJoins = new LookupJoins(build, calcs, exchanges, scans);
        this.temporalJoins = new TemporalJoins(build, calcs, exchanges);
        this.sets = new Sets(build, calcs, exchanges, aggregates);
        this.rowWindows = new RowWindows(build, calcs, exchanges, aggregates);
        this.orders = new Orders(build, exchanges);
        this.ranks = new Ranks(build, calcs, exchanges, this::translate);
        this.matches = new Matches(build, exchanges, aggregates);
        this.expansions = new Expansions(build);
        this.overs = new Overs(build, calcs, exchanges, aggregates, this::translate);
    }

    /** Notes what all trees of the plan read; before the first {@link #translate}. */
    void collect(RelNode rel) {
        scans.collect(rel);
    }

    /** What writes late rows beside what these sinks write. */
    List<PlanNode> lateSinks(List<PlanNode> sinks) {
        return new LateCapture(build, scans).sinks(sinks);
    }

    Stage translate(RelNode rel) {
        Stage known = translated.get(rel.getRelDigest());
        if (known == null) {
            known = make(rel);
            translated.put(rel.getRelDigest(), known);
        }
        return known;
    }

    private Stage make(RelNode rel) {
        Chain chain = Chain.peel(rel);
        List<String> names = rel.getRowType().getFieldNames();
        if (chain.base() instanceof TableScan) {
            return scans.scan(chain, names);
        }
        Optional<Project> over = chain.over();
        if (over.isPresent()) {
            return over(chain, over.get(), names);
        }
        if (chain.base() != rel) {
            if (chain.base() instanceof Match) {
                return matches.above(translate(chain.base()), chain, calcs, names);
            }
            return calcs.apply(translate(chain.base()), chain.conjuncts(), chain.projections(), names);
        }
        return node(rel);
    }

    private Stage over(Chain chain, Project project, List<String> names) {
        OverSplit split = new OverSplit(chain, project);
        return ranks.translate(split, names).orElseGet(() -> overs.translate(split, names));
    }

    private Stage node(RelNode rel) {
        if (rel instanceof Values values) {
            return values(values);
        }
        if (rel instanceof WindowAssignRel assign) {
            return windows.assign(
                    translate(assign.getInput()),
                    assign.window(),
                    assign.getRowType().getFieldNames());
        }
        if (rel instanceof RowWindowRel window) {
            return rowWindows.assign(window, translate(window.getInput()));
        }
        if (rel instanceof Aggregate aggregate) {
            return windowGrouping
                    .translate(aggregate)
                    .or(() ->
                            rowWindows.aggregate(aggregate, window -> rowWindows.counted(translate(window.getInput()))))
                    .orElseGet(() -> aggregates.group(aggregate, translate(aggregate.getInput())));
        }
        if (rel instanceof Join join) {
            return joins.join(join, translate(join.getLeft()), translate(join.getRight()));
        }
        if (rel instanceof AsOfJoinRel join) {
            return asOf(join, translate(join.getLeft()));
        }
        if (rel instanceof ExpandRel expand) {
            return expansions.expand(expand, translate(expand.getInput()));
        }
        if (rel instanceof OnceRel once) {
            return translate(once.getInput());
        }
        if (rel instanceof Match match) {
            return matches.match(match, translate(match.getInput()));
        }
        if (rel instanceof Union union) {
            return sets.union(union, inputs(union));
        }
        if (rel instanceof Intersect || rel instanceof Minus) {
            return sets.difference((SetOp) rel, inputs(rel));
        }
        if (rel instanceof Sort sort) {
            return orders.sort(sort, translate(sort.getInput()));
        }
        throw refused(rel);
    }

    private Stage asOf(AsOfJoinRel join, Stage left) {
        boolean isLookup = join.leftTime() < 0
                || (!join.isNearest()
                        && left.time(join.leftTime())
                                .map(time -> time.domain() == TimeDomain.PROCESSING)
                                .orElse(false));
        if (isLookup) {
            return lookupJoins.join(join, left);
        }
        return join.isNearest()
                ? temporalJoins.nearest(join, left, translate(join.getRight()))
                : temporalJoins.versions(join, left, versions(join.getRight()));
    }

    private Versions versions(RelNode rel) {
        Chain chain = Chain.peel(rel);
        return chain.over()
                .flatMap(over -> ranks.versions(new OverSplit(chain, over)))
                .orElseGet(() -> Versions.of(translate(rel)));
    }

    private List<Stage> inputs(RelNode rel) {
        return rel.getInputs().stream().map(this::translate).toList();
    }

    private Stage values(Values values) {
        List<List<RexLiteral>> rows =
                values.getTuples().stream().<List<RexLiteral>>map(List::copyOf).toList();
        PlanNode node = new PlanNode.Values(build.info("values", build.schema(values), Build.plain(true)), rows);
        return new Stage(node, Distribution.SINGLE, List.of(), Set.of());
    }

    private RuntimeException refused(RelNode rel) {
        Places places = build.places();
        if (rel instanceof Correlate || rel instanceof Uncollect || rel instanceof TableFunctionScan) {
            return build.notSupported(
                            "this use of LATERAL, UNNEST or a table function is not supported",
                            places.of(SqlKind.SNAPSHOT, SqlKind.LATERAL, SqlKind.UNNEST))
                    .hint("join the table with UNNEST(one collection) or LATERAL TABLE(f(…))");
        }
        if (rel instanceof Snapshot) {
            return build.notSupported("FOR SYSTEM_TIME AS OF is not supported here", places.of(SqlKind.SNAPSHOT))
                    .hint("join the table: … AS l JOIN t FOR SYSTEM_TIME AS OF l.time AS r ON l.key = r.key");
        }
        return build.notSupported("this construct is not supported yet: " + rel.getRelTypeName());
    }
}
