package io.sabot.planner.logical;

import io.sabot.planner.plan.WindowSpec;
import io.sabot.planner.resolve.LateTable;
import io.sabot.planner.validate.TableRelation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Splits aggregates of distinct values in two levels, so that a group with many rows is not the work of one task: the first
 * level groups by a bucket of the values, too, and the second adds up what the buckets of a group gave. Equal values fall
 * into one bucket, hence are counted once. Each set of distinct arguments is a branch over the same input with buckets of its
 * own. The other aggregates are a branch without buckets, where they can be in two phases; in windows, whose results leave
 * once, they go with the first set.
 *
 * <p>Aggregations stay whole where one function of theirs cannot be put together from parts, and by windows whose bounds
 * depend on the rows of a bucket (sessions, windows of rows). Several branches by windows are made only of the event time of a
 * table: by processing time each would put a row into the window in which it sees it, and where late rows are kept each would
 * keep it. Nor if the rows differ each time they are computed: elsewhere they are computed once for all branches.
 */
final class DistinctSplit extends RelHomogeneousShuttle {
    private final DistinctBuckets buckets;

    DistinctSplit(DistinctBuckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        return visited instanceof Aggregate aggregate && isSplit(aggregate) ? split(aggregate) : visited;
    }

    private boolean isSplit(Aggregate aggregate) {
        return aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && aggregate.getAggCallList().stream().anyMatch(DistinctSplit::isDistinct)
                && aggregate.getAggCallList().stream().allMatch(call -> hasParts(call, aggregate.getInput()))
                && keepsWindows(
                        aggregate.getInput(),
                        aggregate.getInput(),
                        arguments(aggregate).size() > 1);
    }

    /** Of the least and the greatest value it does not matter. */
    static boolean isDistinct(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return call.isDistinct() && kind != SqlKind.MIN && kind != SqlKind.MAX;
    }

    private static boolean hasParts(AggregateCall call, RelNode input) {
        if (call.isApproximate() || call.ignoreNulls() || call.hasCollation()) {
            return false;
        }
        List<RelDataTypeField> fields = input.getRowType().getFieldList();
        boolean simple = !isDistinct(call)
                || call.getArgList().stream().map(i -> fields.get(i).getType()).noneMatch(DistinctSplit::isNested);
        return simple
                && switch (call.getAggregation().getKind()) {
                    case COUNT, SUM, SUM0, MIN, MAX -> true;
                    case AVG ->
                        SqlTypeUtil.isIntType(
                                fields.get(call.getArgList().get(0)).getType());
                    default -> false;
                };
    }

    private static boolean isNested(RelDataType type) {
        return type.isStruct()
                || type.getComponentType() != null
                || type.getSqlTypeName() == SqlTypeName.MAP
                || type.getSqlTypeName() == SqlTypeName.NULL;
    }

    /**
     * Whether windows stay what they are.
     *
     * @param rows what is aggregated: the input, or more that stands on it
     * @param branches whether there are several of distinct values
     */
    private boolean keepsWindows(RelNode input, RelNode rows, boolean branches) {
        if (input instanceof Project || input instanceof Filter) {
            return keepsWindows(input.getInput(0), rows, branches);
        }
        if (input instanceof WindowAssignRel assign) {
            return buckets.inWindows()
                    && !(assign.window() instanceof WindowSpec.Session)
                    && (!branches
                            || (!isChanging(rows)
                                    && isEventTime(
                                            assign.getInput(),
                                            assign.window().time().column())));
        }
        return !(input instanceof RowWindowRel);
    }

    /** Whether a column is surely the event time of a table that keeps no late rows. */
    private static boolean isEventTime(RelNode rel, int column) {
        if (rel instanceof Project project) {
            return project.getProjects().get(column) instanceof RexInputRef ref
                    && isEventTime(project.getInput(), ref.getIndex());
        }
        if (rel instanceof Filter filter) {
            return isEventTime(filter.getInput(), column);
        }
        TableRelation table = rel instanceof TableScan scan ? scan.getTable().unwrap(TableRelation.class) : null;
        return table != null
                && !LateTable.isAsked(table.table())
                && table.table()
                        .watermark()
                        .map(watermark -> watermark
                                .column()
                                .equals(rel.getRowType().getFieldNames().get(column)))
                        .orElse(false);
    }

    /** By the arguments of calls of distinct values: which calls these are. */
    private static Map<List<Integer>, List<Integer>> arguments(Aggregate aggregate) {
        Map<List<Integer>, List<Integer>> calls = new LinkedHashMap<>();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            AggregateCall call = aggregate.getAggCallList().get(i);
            if (isDistinct(call)) {
                List<Integer> arguments =
                        call.getArgList().stream().sorted().distinct().toList();
                calls.computeIfAbsent(arguments, key -> new ArrayList<>()).add(i);
            }
        }
        return calls;
    }

    private RelNode split(Aggregate aggregate) {
        Map<List<Integer>, List<Integer>> byArguments = arguments(aggregate);
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            if (!isDistinct(aggregate.getAggCallList().get(i))) {
                others.add(i);
            }
        }
        boolean windowed = isWindowed(aggregate.getInput());
        boolean branches = byArguments.size() > 1 || !(windowed || others.isEmpty());
        DistinctParts parts = new DistinctParts(
                branches && isChanging(aggregate.getInput()) ? once(aggregate) : aggregate, buckets.count());
        if (windowed) {
            byArguments.values().iterator().next().addAll(others);
        } else if (!others.isEmpty()) {
            parts.add(others);
        }
        byArguments.forEach((arguments, calls) -> parts.add(calls, arguments));
        return parts.merged();
    }

    private static Aggregate once(Aggregate aggregate) {
        return (Aggregate) aggregate.copy(aggregate.getTraitSet(), List.of(new OnceRel(aggregate.getInput())));
    }

    private static boolean isChanging(RelNode rel) {
        return ChangingRows.canDiffer(
                rel, ImmutableBitSet.range(rel.getRowType().getFieldCount()));
    }

    private static boolean isWindowed(RelNode input) {
        return input instanceof WindowAssignRel
                || ((input instanceof Project || input instanceof Filter) && isWindowed(input.getInput(0)));
    }
}
