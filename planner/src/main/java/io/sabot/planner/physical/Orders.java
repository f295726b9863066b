package io.sabot.planner.physical;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OrderNode.Collation;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.RankFunction;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** ORDER BY, LIMIT, OFFSET and FETCH: of input that ends at its end, of other input by time or as a changing first few. */
final class Orders {
    private final Build build;
    private final Exchanges exchanges;

    Orders(Build build, Exchanges exchanges) {
        this.build = build;
        this.exchanges = exchanges;
    }

    Stage sort(Sort sort, Stage input) {
        List<Collation> collations = sort.getCollation().getFieldCollations().stream()
                .map(collation -> collation(collation, sort.getInput().getRowType()))
                .toList();
        long offset = number(sort.offset, 0);
        long fetch = number(sort.fetch, -1);
        boolean whole = sort.offset == null && sort.fetch == null;
        Stage single = exchanges.exchange(input, List.of());
        if (build.options.atEnd() || (collations.isEmpty() && input.isAppendOnly())) {
            return sorted(single, collations, offset, fetch);
        }
        if (!whole) {
            return first(single, collations, offset, fetch);
        }
        Optional<TimeColumn> time = single.time(collations.get(0).column())
                .filter(column -> single.isAppendOnly() && isAscending(collations));
        TimeColumn column = time.orElseThrow(this::noEnd);
        return column.domain() == TimeDomain.PROCESSING ? single : byTime(single, collations, column);
    }

    /** NULLs have no part in time, so only the direction counts. */
    private static boolean isAscending(List<Collation> collations) {
        return !collations.get(0).descending();
    }

    private SabotException noEnd() {
        return build.notSupported(
                        "ORDER BY over rows that keep coming has no end",
                        build.places().of(SqlKind.ORDER_BY))
                .why("only rows that just grow can be put in order as they come, by an ascending event-time column")
                .hint(
                        "order by that column first, add LIMIT to follow the first rows, or write a plain SELECT over input"
                                + " that ends");
    }

    private Stage sorted(Stage input, List<Collation> collations, long offset, long fetch) {
        boolean ordered = !collations.isEmpty();
        StreamProperties in = input.stream();
        StreamProperties stream = new StreamProperties(
                ChangelogMode.APPEND_ONLY,
                in.upsertKeys(),
                ordered ? List.of() : in.times(),
                in.bounded() || fetch >= 0,
                ordered);
        PlanNode node = new OrderNode.Sort(
                build.info(ordered ? "sort" : "limit", input.schema(), stream),
                input.node(),
                collations,
                offset,
                fetch);
        return new Stage(node, Distribution.SINGLE, ordered ? List.of() : input.windows(), input.sources());
    }

    /** The first rows so far, which change as others come. */
    private Stage first(Stage input, List<Collation> collations, long offset, long fetch) {
        StreamProperties in = input.stream();
        StreamProperties stream =
                new StreamProperties(ChangelogMode.RETRACT, in.upsertKeys(), List.of(), in.bounded(), false);
        long to = fetch < 0 || offset > Long.MAX_VALUE - fetch ? Long.MAX_VALUE : offset + fetch;
        PlanNode node = new OrderNode.Rank(
                build.keeping("rank", input.schema(), stream, input),
                input.node(),
                RankFunction.ROW_NUMBER,
                List.of(),
                collations,
                offset + 1,
                to,
                false);
        return new Stage(node, Distribution.SINGLE, List.of(), input.sources());
    }

    private Stage byTime(Stage input, List<Collation> collations, TimeColumn time) {
        build.demand.late(input);
        StreamProperties in = input.stream();
        StreamProperties stream = new StreamProperties(
                ChangelogMode.APPEND_ONLY, in.upsertKeys(), List.of(time), in.bounded(), in.emitAtEnd());
        PlanNode node =
                new OrderNode.TimeSort(build.info("time-sort", input.schema(), stream), input.node(), collations);
        return new Stage(node, Distribution.SINGLE, List.of(), input.sources());
    }

    static Collation collation(RelFieldCollation collation, RelDataType row) {
        int column = collation.getFieldIndex();
        RelDataType type = row.getFieldList().get(column).getType();
        return collation(column, type, collation.getDirection(), collation.nullDirection);
    }

    /** NULLs are low where nothing is said of them. */
    static Collation collation(
            int column,
            RelDataType type,
            RelFieldCollation.Direction direction,
            RelFieldCollation.NullDirection nullDirection) {
        if (type.isStruct() || type.getComponentType() != null || type.getKeyType() != null) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "values of type "
                                    + CalciteTypes.toCatalog(type)
                                            .withNullable(true)
                                            .name() + " have no order")
                    .hint("order by a field or an element of them, or by CAST(… AS STRING)");
        }
        return new Collation(
                column,
                direction.isDescending(),
                nullDirection == RelFieldCollation.NullDirection.FIRST
                        || (nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED && !direction.isDescending()));
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
}
