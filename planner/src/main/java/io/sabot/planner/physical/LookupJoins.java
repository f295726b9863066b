package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.logical.AsOfJoinRel;
import io.sabot.planner.plan.JoinKind;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** Joins with what a table holds when a row comes: {@code FOR SYSTEM_TIME AS OF} processing time. */
final class LookupJoins {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long KEPT_TABLE_MILLIS = 1000;

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
        checkHints(join);
        Stage content = scans.content(chain, join.getRight().getRowType().getFieldNames());
        JoinInputs inputs = JoinInputs.of(join.condition(), left, content, build, calcs);
        if (inputs.keys().left().isEmpty()) {
            throw build.notSupported(
                            "a lookup join needs an equality", build.places().of(SqlKind.SNAPSHOT))
                    .hint("compare a column of the table by =");
        }
        Stage joined = joined(join, table, inputs);
        List<Integer> columns = new ArrayList<>(Aggregates.range(left.schema().size()));
        int shift = inputs.left().schema().size();
        Aggregates.range(content.schema().size()).forEach(column -> columns.add(column + shift));
        return calcs.apply(
                joined,
                List.of(),
                build.refs(joined.schema(), columns),
                join.getRowType().getFieldNames());
    }

    private Stage joined(AsOfJoinRel join, Table table, JoinInputs inputs) {
        JoinKind kind = join.keepsLeft() ? JoinKind.LEFT : JoinKind.INNER;
        boolean remembers = !inputs.left().isAppendOnly();
        Stage left = remembers
                ? exchanges.byKeys(
                        inputs.left(), Aggregates.range(inputs.left().schema().size()))
                : inputs.left();
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
                build.options.atEnd() ? NEVER : reloadMillis(table),
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

    /** What a LOOKUP hint says of threads and order changes no answer. */
    private void checkHints(AsOfJoinRel join) {
        for (RelHint hint : join.hints()) {
            if (hint.kvOptions.containsKey("retry-predicate")) {
                throw build.notSupported("retries of a lookup join are not supported yet")
                        .hint("leave 'retry-predicate' out, or set 'lookup.cache' = 'NONE'");
            }
        }
    }

    /** How long what was read of a table stays good. */
    private long reloadMillis(Table table) {
        String cache = option(table, "lookup.cache").orElse("").toUpperCase(Locale.ROOT);
        return switch (cache) {
            case "" -> table.connector().isPresent() ? NEVER : KEPT_TABLE_MILLIS;
            case "NONE" -> 1;
            case "PARTIAL" ->
                duration(table, "lookup.partial-cache.expire-after-write")
                        .or(() -> duration(table, "lookup.partial-cache.expire-after-access"))
                        .orElse(NEVER);
            case "FULL" ->
                duration(table, "lookup.full-cache.periodic-reload.interval").orElse(NEVER);
            default -> throw invalid("lookup.cache", cache, "NONE, PARTIAL or FULL");
        };
    }

    private static Optional<String> option(Table table, String key) {
        return Optional.ofNullable(table.options().get(key));
    }

    private Optional<Long> duration(Table table, String key) {
        return option(table, key)
                .map(text -> Options.parseDuration(text)
                        .map(Duration::toMillis)
                        .orElseThrow(() -> invalid(key, text, "a duration such as '10 min'")));
    }

    private SabotException invalid(String key, String value, String expected) {
        return SabotException.of(ErrorCode.INVALID_OPTION, "option '" + key + "' does not take '" + value + "'")
                .at(build.options.span())
                .why("it takes " + expected);
    }
}
