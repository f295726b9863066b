package io.sabot.planner.physical;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.planner.logical.AsOfJoinRel;
import io.sabot.planner.logical.WindowAssignRel;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

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
    private final Sets sets;
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
        this.temporalJoins = new TemporalJoins(build, calcs, exchanges);
        this.sets = new Sets(build, calcs, exchanges, aggregates);
    }

    /** Notes what all trees of the plan read; before the first {@link #translate}. */
    void collect(RelNode rel) {
        scans.collect(rel);
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
        if (chain.base() != rel) {
            return calcs.apply(translate(chain.base()), chain.conjuncts(), chain.projections(), names);
        }
        return node(rel);
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
        if (rel instanceof Aggregate aggregate) {
            return windowGrouping
                    .translate(aggregate)
                    .orElseGet(() -> aggregates.group(aggregate, translate(aggregate.getInput())));
        }
        if (rel instanceof Join join) {
            return joins.join(join, translate(join.getLeft()), translate(join.getRight()));
        }
        if (rel instanceof AsOfJoinRel join) {
            return temporalJoins.join(join, translate(join.getLeft()), translate(join.getRight()));
        }
        if (rel instanceof Union union) {
            return sets.union(union, inputs(union));
        }
        if (rel instanceof Intersect || rel instanceof Minus) {
            return sets.difference((SetOp) rel, inputs(rel));
        }
        if (rel instanceof Sort sort) {
            return sort(sort);
        }
        throw refused(rel);
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

    private Stage sort(Sort sort) {
        Stage input = translate(sort.getInput());
        boolean ordered = !sort.getCollation().getFieldCollations().isEmpty();
        if (ordered && !build.options.atEnd()) {
            throw build.notSupported(
                            "ORDER BY over rows that keep coming is not supported yet",
                            build.places().of(SqlKind.ORDER_BY))
                    .hint("leave ORDER BY out, or write a plain SELECT over input that ends");
        }
        if (!ordered && !input.isAppendOnly()) {
            throw build.notSupported("LIMIT over rows that change is not supported yet");
        }
        List<OrderNode.Collation> collations = sort.getCollation().getFieldCollations().stream()
                .map(PhysicalPlanner::collation)
                .toList();
        Stage single = exchanges.exchange(input, List.of());
        StreamProperties in = input.stream();
        StreamProperties stream = new StreamProperties(
                ChangelogMode.APPEND_ONLY,
                in.upsertKeys(),
                ordered ? List.of() : in.times(),
                in.bounded() || sort.fetch != null,
                ordered);
        PlanNode node = new OrderNode.Sort(
                build.info(ordered ? "sort" : "limit", input.schema(), stream),
                single.node(),
                collations,
                number(sort.offset, 0),
                number(sort.fetch, -1));
        return new Stage(node, Distribution.SINGLE, ordered ? List.of() : input.windows(), input.sources());
    }

    private static OrderNode.Collation collation(RelFieldCollation collation) {
        return new OrderNode.Collation(
                collation.getFieldIndex(),
                collation.getDirection().isDescending(),
                collation.nullDirection == RelFieldCollation.NullDirection.FIRST
                        || (collation.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                                && !collation.getDirection().isDescending()));
    }

    private long number(@Nullable RexNode node, long otherwise) {
        if (node == null) {
            return otherwise;
        }
        if (node instanceof RexLiteral literal) {
            return Objects.requireNonNull(literal.getValueAs(Long.class));
        }
        throw build.notSupported("LIMIT and OFFSET must be numbers");
    }

    private RuntimeException refused(RelNode rel) {
        Places places = build.places();
        if (rel instanceof Project) {
            return build.notSupported("OVER windows are not supported yet", places.of(SqlKind.OVER))
                    .hint("aggregate over TUMBLE, HOP or CUMULATE windows in place of OVER");
        }
        if (rel instanceof Match) {
            return build.notSupported("MATCH_RECOGNIZE is not supported yet", places.of(SqlKind.MATCH_RECOGNIZE));
        }
        if (rel instanceof Correlate || rel instanceof Uncollect || rel instanceof TableFunctionScan) {
            return build.notSupported(
                    "temporal joins, LATERAL and UNNEST are not supported yet",
                    places.of(SqlKind.SNAPSHOT, SqlKind.LATERAL, SqlKind.UNNEST));
        }
        return build.notSupported("this construct is not supported yet: " + rel.getRelTypeName());
    }
}
