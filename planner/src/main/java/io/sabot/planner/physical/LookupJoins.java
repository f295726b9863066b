package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.planner.logical.AsOfJoinRel;
import io.sabot.planner.plan.JoinKind;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.LookupReading;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** Joins with what a table holds when a row comes: {@code FOR SYSTEM_TIME AS OF} processing time. */
final class LookupJoins {
    private final Build build;
    private final Calcs calcs;
    private final Exchanges exchanges;
    private final Scans scans;
    private final SourceRules rules;

    LookupJoins(Build build, Calcs calcs, Exchanges exchanges, Scans scans) {
        this.build = build;
        this.calcs = calcs;
        this.exchanges = exchanges;
        this.scans = scans;
        this.rules = new SourceRules(build.options.descriptors());
    }

    Stage join(AsOfJoinRel join, Stage left) {
        Chain chain = Chain.peel(join.getRight());
        if (!(chain.base() instanceof TableScan scan)) {
            throw build.notSupported(
                            "a lookup join reads a table, with a filter and a projection at most",
                            build.places().of(SqlKind.SNAPSHOT))
                    .hint("write the query into a table, or join with it without FOR SYSTEM_TIME AS OF");
        }
        Table table = Scans.table(scan);
        checkTable(table);
        LookupReadings readings = new LookupReadings(table, scan, build.places().of(SqlKind.SNAPSHOT));
        Stage content = scans.content(chain, join.getRight().getRowType().getFieldNames());
        JoinInputs inputs = JoinInputs.of(join.condition(), left, content, build, calcs);
        if (inputs.keys().left().isEmpty()) {
            throw build.notSupported(
                            "a lookup join needs an equality", build.places().of(SqlKind.SNAPSHOT))
                    .hint("compare a column of the table by =");
        }
        Stage joined = joined(join, readings, inputs);
        List<Integer> columns = new ArrayList<>(Aggregates.range(left.schema().size()));
        int shift = inputs.left().schema().size();
        Aggregates.range(content.schema().size()).forEach(column -> columns.add(column + shift));
        return calcs.apply(
                joined,
                List.of(),
                build.refs(joined.schema(), columns),
                join.getRowType().getFieldNames());
    }

    private Stage joined(AsOfJoinRel join, LookupReadings readings, JoinInputs inputs) {
        JoinKind kind = join.keepsLeft() ? JoinKind.LEFT : JoinKind.INNER;
        boolean remembers = !inputs.left().isAppendOnly();
        LookupReading reading = readings.reading();
        if (build.options.atEnd()) {
            reading = LookupReading.once(); // a statement that ends answers from what is there when it starts
        } else if (remembers && reading.retry().isPresent()) {
            throw build.notSupported(
                            "retries of a lookup join over rows that change are not supported",
                            build.places().of(SqlKind.SNAPSHOT))
                    .why("a row that waits might be taken back")
                    .hint("leave the retry out of the LOOKUP hint, or look up before the aggregation or join");
        }
        Stage left = inputs.left();
        if (remembers) {
            left = exchanges.byKeys(left, Aggregates.range(left.schema().size()));
        } else if (readings.shuffles() && !build.options.atEnd()) {
            left = exchanges.byKeys(left, inputs.keys().left());
        }
        StreamProperties in = left.stream();
        StreamProperties stream = new StreamProperties(
                remembers ? ChangelogMode.RETRACT : ChangelogMode.APPEND_ONLY,
                JoinUpsertKeys.of(inputs, kind),
                in.times(),
                in.bounded(),
                false);
        PlanNode node = new JoinNode.Lookup(
                build.info("lookup-join", Joins.schema(inputs, kind), stream),
                left.node(),
                inputs.right().node(),
                kind,
                inputs.keys(),
                inputs.residual().isEmpty()
                        ? Optional.empty()
                        : Optional.of(RexUtil.composeConjunction(build.rex, inputs.residual())),
                reading,
                remembers);
        return new Stage(node, left.distribution(), left.windows(), left.sources());
    }

    private void checkTable(Table table) {
        if (!rules.isBounded(table) && table.connector().isPresent()
                || rules.changelog(table, true, false) != ChangelogMode.APPEND_ONLY) {
            throw build.notSupported(
                            "table '" + table.name().name() + "' cannot be looked up",
                            build.places().of(SqlKind.SNAPSHOT))
                    .why("connector '" + table.connector().orElse("") + "' does not tell what the table holds now")
                    .hint("join by event time (FOR SYSTEM_TIME AS OF the column of a WATERMARK), or without it");
        }
    }
}
