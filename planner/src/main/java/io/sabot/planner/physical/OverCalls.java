package io.sabot.planner.physical;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.OverNode.Frame;
import io.sabot.planner.plan.OverNode.Ranking;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** What a single OVER call computes, and over which frame. */
final class OverCalls {
    private final Build build;
    private final Aggregates aggregates;

    OverCalls(Build build, Aggregates aggregates) {
        this.build = build;
        this.aggregates = aggregates;
    }

    /** Whether the call does not look at its frame. */
    static boolean hasNoFrame(RexOver over) {
        return switch (over.getAggOperator().getKind()) {
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE, LAG, LEAD -> true;
            default -> false;
        };
    }

    /** Whether the call can be computed before the rows behind a row are known. */
    static boolean looksBack(OverNode.Call call) {
        if (call instanceof Ranking ranking) {
            return switch (ranking.function()) {
                case ROW_NUMBER, RANK, DENSE_RANK -> true;
                case PERCENT_RANK, CUME_DIST, NTILE -> false;
            };
        }
        return !(call instanceof OverNode.Shifted shifted) || shifted.distance() <= 0;
    }

    OverNode.Call call(RexOver over, OverSplit split, Schema below, String name) {
        DataType type = CalciteTypes.toCatalog(over.getType());
        if (over.ignoreNulls() || over.getWindow().getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
            throw build.notSupported("IGNORE NULLS and EXCLUDE are not supported in OVER", place(over));
        }
        return switch (over.getAggOperator().getKind()) {
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST ->
                new Ranking(
                        Ranking.Function.valueOf(over.getAggOperator().getKind().name()), 0, type, name);
            case NTILE -> new Ranking(Ranking.Function.NTILE, number(over, 0, 1), type, name);
            case LAG -> shifted(over, split, -number(over, 1, 0), type, name);
            case LEAD -> shifted(over, split, number(over, 1, 0), type, name);
            default -> aggregate(over, split, below, type, name);
        };
    }

    private OverNode.Call shifted(RexOver over, OverSplit split, long distance, DataType type, String name) {
        List<RexNode> operands = over.getOperands();
        boolean hasDefault = operands.size() > 2 && !RexLiteral.isNullLiteral(operands.get(2));
        return new OverNode.Shifted(
                split.column(operands.get(0)),
                distance,
                hasDefault ? split.column(split.shiftedDefault(over)) : -1,
                type,
                name);
    }

    private long number(RexOver over, int operand, long least) {
        if (over.getOperands().size() <= operand) {
            return 1;
        }
        if (over.getOperands().get(operand) instanceof RexLiteral literal
                && literal.getValue() instanceof BigDecimal number
                && number.longValue() >= least) {
            return number.longValue();
        }
        throw build.notSupported(
                over.getAggOperator().getName() + " needs a whole number of at least " + least, place(over));
    }

    private OverNode.Call aggregate(RexOver over, OverSplit split, Schema below, DataType type, String name) {
        AggregateFunction function = aggregates.function(over.getAggOperator());
        List<Integer> arguments = over.getOperands().stream().map(split::column).toList();
        return new OverNode.Aggregate(new AggregateCall(
                function,
                over.isDistinct() && Aggregates.isDuplicateSensitive(function),
                arguments,
                arguments.stream().map(below::type).toList(),
                -1,
                function == AggregateFunction.ARRAY_AGG || function == AggregateFunction.USER,
                type,
                name,
                Aggregates.java(over.getAggOperator())));
    }

    /** The frame, its bounds in units of the order column. */
    Frame frame(RexOver over, OverSplit split, Schema below) {
        RexWindow window = over.getWindow();
        if (window.orderKeys.isEmpty() && !window.isRows()) {
            return new Frame(false, Frame.UNBOUNDED_PRECEDING, Frame.UNBOUNDED_FOLLOWING);
        }
        return new Frame(
                window.isRows(),
                bound(over, window.getLowerBound(), split, below),
                bound(over, window.getUpperBound(), split, below));
    }

    private long bound(RexOver over, RexWindowBound bound, OverSplit split, Schema below) {
        if (bound.isUnbounded()) {
            return bound.isPreceding() ? Frame.UNBOUNDED_PRECEDING : Frame.UNBOUNDED_FOLLOWING;
        }
        if (bound.isCurrentRow()) {
            return 0;
        }
        if (!(Objects.requireNonNull(bound.getOffset()) instanceof RexLiteral literal)
                || !(literal.getValue() instanceof BigDecimal number)) {
            throw build.notSupported("the bounds of a frame must be literals", place(over));
        }
        BigDecimal distance = over.getWindow().isRows() ? number : inUnits(over, literal, number, split, below);
        long value = distance.longValue();
        return bound.isPreceding() ? -value : value;
    }

    private BigDecimal inUnits(RexOver over, RexLiteral literal, BigDecimal number, OverSplit split, Schema below) {
        if (over.getWindow().orderKeys.size() != 1) {
            throw build.notSupported("a RANGE with a distance needs one order column", place(over));
        }
        DataType type = below.type(split.collations(over).get(0).column());
        boolean isInterval =
                SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName());
        if (type instanceof AtomicType atomic) {
            switch (atomic.kind()) {
                case TINYINT, SMALLINT, INT, BIGINT -> {
                    if (!isInterval && number.stripTrailingZeros().scale() <= 0) {
                        return number;
                    }
                }
                case TIMESTAMP, TIMESTAMP_LTZ -> {
                    if (isInterval) {
                        int digits = atomic.precision() <= 3 ? 0 : atomic.precision() <= 6 ? 3 : 6;
                        return number.movePointRight(digits);
                    }
                }
                case DATE -> {
                    if (isInterval) {
                        return BigDecimal.valueOf(number.longValue() / 86_400_000L);
                    }
                }
                default -> {}
            }
        }
        throw build.notSupported(
                        "a RANGE with a distance over a column of type " + type.name() + " is not supported",
                        place(over))
                .hint("order by a whole number or a time, or count rows with ROWS");
    }

    SqlSpan place(RexOver over) {
        SqlSpan call = build.places()
                .ofFunction(over.getAggOperator().getName().replace("$", "").toUpperCase(Locale.ROOT));
        return call.equals(build.places().whole()) ? build.places().of(SqlKind.OVER) : call;
    }
}
