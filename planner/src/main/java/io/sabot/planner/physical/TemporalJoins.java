package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.logical.AsOfJoinRel;
import io.sabot.planner.plan.JoinKeys;
import io.sabot.planner.plan.JoinKind;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import io.sabot.planner.plan.VersionMatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Joins with what the right side held at the time of each left row, by versions or by the nearest row. */
final class TemporalJoins {
    private final Build build;
    private final Calcs calcs;
    private final Exchanges exchanges;

    TemporalJoins(Build build, Calcs calcs, Exchanges exchanges) {
        this.build = build;
        this.calcs = calcs;
        this.exchanges = exchanges;
    }

    /** Joins each left row with the version of its time. */
    Stage versions(AsOfJoinRel join, Stage left, Versions right) {
        JoinInputs inputs = inputs(join, left, right.stage());
        return result(join, inputs, versions(join, inputs, right));
    }

    /** Joins each left row with the right row nearest to it. */
    Stage nearest(AsOfJoinRel join, Stage left, Stage right) {
        JoinInputs inputs = inputs(join, left, right);
        return result(join, inputs, nearest(join, inputs));
    }

    private JoinInputs inputs(AsOfJoinRel join, Stage left, Stage right) {
        if (!left.isAppendOnly()) {
            throw build.notSupported("a temporal join over left rows that change is not supported", place(join))
                    .why("each left row is joined once, when its time has come");
        }
        return JoinInputs.of(join.condition(), left, right, build, calcs);
    }

    private Stage result(AsOfJoinRel join, JoinInputs inputs, Stage joined) {
        List<Integer> columns =
                new ArrayList<>(Aggregates.range(join.getLeft().getRowType().getFieldCount()));
        int shift = inputs.left().schema().size();
        Aggregates.range(join.getRight().getRowType().getFieldCount()).forEach(column -> columns.add(column + shift));
        return calcs.apply(
                joined,
                List.of(),
                build.refs(joined.schema(), columns),
                join.getRowType().getFieldNames());
    }

    private SqlSpan place(AsOfJoinRel join) {
        return join.isNearest() ? build.options.span() : build.places().of(SqlKind.SNAPSHOT);
    }

    private Stage versions(AsOfJoinRel join, JoinInputs inputs, Versions versions) {
        Stage right = inputs.right();
        TimeColumn left = inputs.left()
                .eventTime(join.leftTime())
                .orElseThrow(() -> build.notSupported(
                                "FOR SYSTEM_TIME AS OF takes a time attribute of the left side", place(join))
                        .why("column '" + inputs.left().schema().name(join.leftTime()) + "' carries no time")
                        .hint("use the column of the WATERMARK clause, or one that is AS PROCTIME()"));
        List<List<Integer>> keys = versions.keys();
        Optional<TimeColumn> time = versions.time();
        if (keys.isEmpty() || time.isEmpty()) {
            throw build.notSupported("the right side of this temporal join has no versions", place(join))
                    .why("versions need a primary key and event time")
                    .hint(
                            "declare PRIMARY KEY (…) NOT ENFORCED and WATERMARK FOR … on the table, or join a view that keeps"
                                    + " the newest row of each key: ROW_NUMBER() OVER (PARTITION BY key ORDER BY time DESC) = 1");
        }
        checkUnfiltered(join, keys);
        build.demand.time(inputs.left());
        build.demand.history(right);
        return node(
                join,
                keyed(join, inputs, keys),
                time.get().column(),
                VersionMatch.AT_OR_BEFORE,
                List.of(new TimeColumn(
                        left.column(),
                        left.domain(),
                        Math.min(left.offsetMillis(), time.get().offsetMillis()))),
                false);
    }

    /** A version that a condition hides would let the one before it live on. */
    private void checkUnfiltered(AsOfJoinRel join, List<List<Integer>> keys) {
        Chain chain = Chain.peel(join.getRight());
        if (!(chain.base() instanceof TableScan) || chain.conjuncts().isEmpty()) {
            return;
        }
        Set<RexNode> keyColumns = new HashSet<>();
        keys.forEach(key -> key.forEach(column -> {
            if (column < chain.projections().size()) {
                keyColumns.add(chain.projections().get(column));
            }
        }));
        boolean onlyKeys = RelOptUtil.InputFinder.bits(chain.conjuncts(), null).asList().stream()
                .allMatch(column -> keyColumns.stream()
                        .anyMatch(key -> RelOptUtil.InputFinder.bits(key).get(column)));
        if (!onlyKeys) {
            throw build.notSupported("a condition on the versions of a temporal join's right side", place(join))
                    .why("a version that is left out would let the one before it live on")
                    .hint("put the condition behind the join");
        }
    }

    /** The pairs that compare the key of the right side become keys; what else is compared is a condition on the version. */
    private JoinInputs keyed(AsOfJoinRel join, JoinInputs inputs, List<List<Integer>> upsertKeys) {
        JoinKeys pairs = inputs.keys();
        List<Integer> key = upsertKeys.stream()
                .filter(candidate -> pairs.right().containsAll(candidate))
                .findFirst()
                .orElseThrow(() -> build.notSupported(
                                "this temporal join does not compare the primary key of its right side", place(join))
                        .hint("compare "
                                + upsertKeys.get(0).stream()
                                        .map(column -> inputs.right().schema().name(column))
                                        .toList()
                                + " by ="));
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Boolean> nullSafe = new ArrayList<>();
        List<RexNode> residual = new ArrayList<>();
        int shift = inputs.left().schema().size();
        for (int i = 0; i < pairs.left().size(); i++) {
            int rightColumn = pairs.right().get(i);
            boolean safe = pairs.nullSafe().get(i);
            if (key.contains(rightColumn) && !right.contains(rightColumn)) {
                left.add(pairs.left().get(i));
                right.add(rightColumn);
                nullSafe.add(safe);
            } else {
                residual.add(build.rex.makeCall(
                        safe ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS,
                        build.refs(inputs.left().schema(), List.of(pairs.left().get(i)))
                                .get(0),
                        RexUtil.shift(
                                build.refs(inputs.right().schema(), List.of(rightColumn))
                                        .get(0),
                                shift)));
            }
        }
        residual.addAll(inputs.residual());
        return new JoinInputs(inputs.left(), inputs.right(), new JoinKeys(left, right, nullSafe), residual);
    }

    private Stage nearest(AsOfJoinRel join, JoinInputs inputs) {
        Stage right = inputs.right();
        if (!right.isAppendOnly()) {
            throw build.notSupported("ASOF JOIN with right rows that change is not supported", place(join))
                    .hint("join with a versioned table by FOR SYSTEM_TIME AS OF");
        }
        VersionMatch match = switch (join.comparison()) {
            case GREATER_THAN_OR_EQUAL -> VersionMatch.AT_OR_BEFORE;
            case GREATER_THAN -> VersionMatch.BEFORE;
            case LESS_THAN_OR_EQUAL -> VersionMatch.AT_OR_AFTER;
            case LESS_THAN -> VersionMatch.AFTER;
            default -> throw build.notSupported("MATCH_CONDITION takes >=, >, <= or <", place(join));
        };
        DataType leftType = inputs.left().schema().type(join.leftTime()).withNullable(true);
        DataType rightType = right.schema().type(join.rightTime()).withNullable(true);
        if (!leftType.equals(rightType) || !isLong(join)) {
            throw build.notSupported("MATCH_CONDITION compares " + leftType + " with " + rightType, place(join))
                    .why("it takes two columns of one type: BIGINT, or TIMESTAMP or TIMESTAMP_LTZ of one precision")
                    .hint("compute such columns in sub-queries by CAST");
        }
        Optional<TimeColumn> leftTime = inputs.left().eventTime(join.leftTime());
        Optional<TimeColumn> rightTime = right.eventTime(join.rightTime());
        if (build.options.atEnd()) {
            return node(join, inputs, join.rightTime(), match, List.of(), true);
        }
        boolean back = match == VersionMatch.AT_OR_BEFORE || match == VersionMatch.BEFORE;
        if (leftTime.isEmpty() || rightTime.isEmpty() || !back) {
            throw build.notSupported("this ASOF JOIN cannot run over rows that keep coming", place(join))
                    .why("only watermarks tell that no nearer row will come, and only looking back")
                    .hint("compare event-time columns by >= or >, or write a plain SELECT over input that ends");
        }
        build.demand.time(inputs.left());
        build.demand.time(right);
        return node(
                join,
                inputs,
                join.rightTime(),
                match,
                List.of(new TimeColumn(
                        leftTime.get().column(),
                        leftTime.get().domain(),
                        Math.min(leftTime.get().offsetMillis(), rightTime.get().offsetMillis()))),
                false);
    }

    private static boolean isLong(AsOfJoinRel join) {
        return switch (join.getLeft()
                .getRowType()
                .getFieldList()
                .get(join.leftTime())
                .getType()
                .getSqlTypeName()) {
            case BIGINT, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            default -> false;
        };
    }

    private Stage node(
            AsOfJoinRel join,
            JoinInputs inputs,
            int rightTime,
            VersionMatch match,
            List<TimeColumn> times,
            boolean waits) {
        JoinKind kind = join.keepsLeft() ? JoinKind.LEFT : JoinKind.INNER;
        Joins.Partitioned placed = Joins.partitioned(
                exchanges,
                inputs.left(),
                inputs.right(),
                inputs.keys().left(),
                inputs.keys().right());
        StreamProperties stream = new StreamProperties(
                ChangelogMode.APPEND_ONLY,
                inputs.left().stream().upsertKeys(),
                times,
                inputs.left().stream().bounded() && inputs.right().stream().bounded(),
                waits);
        PlanNode node = new JoinNode.Temporal(
                build.info(join.isNearest() ? "asof-join" : "temporal-join", Joins.schema(inputs, kind), stream),
                placed.left().node(),
                placed.right().node(),
                kind,
                inputs.keys(),
                join.leftTime(),
                rightTime,
                match,
                inputs.residual().isEmpty()
                        ? Optional.empty()
                        : Optional.of(RexUtil.composeConjunction(build.rex, inputs.residual())));
        Set<Table> sources = new HashSet<>(inputs.left().sources());
        sources.addAll(inputs.right().sources());
        return new Stage(node, Distribution.hash(placed.leftKeys()), List.of(), sources);
    }
}
