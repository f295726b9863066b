package io.sabot.planner.logical;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.function.WindowFunctions;
import io.sabot.planner.function.WindowTableFunction;
import io.sabot.planner.plan.WindowSpec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.util.ImmutableBitSet;

/** Turns window table functions and the older windows of GROUP BY into {@link WindowAssignRel}. */
final class WindowConversion extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (visited instanceof LogicalTableFunctionScan scan) {
            return tableFunction(scan);
        }
        if (visited instanceof LogicalAggregate aggregate && aggregate.getInput() instanceof Project project) {
            return groupWindow(aggregate, project);
        }
        return visited;
    }

    private static RelNode tableFunction(LogicalTableFunctionScan scan) {
        if (scan.getCall() instanceof RexCall rows
                && rows.getOperator().equals(WindowFunctions.TUMBLE_ROWS)
                && scan.getInputs().size() == 1) {
            return rowWindow(scan.getInput(0), rows.getOperands());
        }
        if (!(scan.getCall() instanceof RexCall call)
                || !(call.getOperator() instanceof WindowTableFunction function)
                || scan.getInputs().size() != 1) {
            return scan;
        }
        List<RexNode> operands = call.getOperands();
        WindowSpec.Time time = time(column(operands.get(0)));
        WindowSpec window;
        if (function.equals(WindowFunctions.TUMBLE)) {
            window = new WindowSpec.Tumble(time, positive(operands.get(1)), optional(operands, 2));
        } else if (function.equals(WindowFunctions.HOP)) {
            window = new WindowSpec.Hop(
                    time, positive(operands.get(1)), positive(operands.get(2)), optional(operands, 3));
            check(operands.get(2), operands.get(1), "HOP needs a size that is a multiple of its slide");
        } else if (function.equals(WindowFunctions.CUMULATE)) {
            window = new WindowSpec.Cumulate(
                    time, positive(operands.get(1)), positive(operands.get(2)), optional(operands, 3));
            check(operands.get(2), operands.get(1), "CUMULATE needs a size that is a multiple of its step");
        } else {
            List<Integer> keys = operands.size() > 2 ? columns(operands.get(2)) : List.of();
            window = new WindowSpec.Session(time, positive(operands.get(1)), keys);
        }
        return WindowAssignRel.create(scan.getInput(0), window);
    }

    private static RelNode rowWindow(RelNode input, List<RexNode> operands) {
        long size = Objects.requireNonNull(((RexLiteral) operands.get(0)).getValueAs(Long.class));
        boolean keyed = operands.size() > 1 && operands.get(1).getKind() != SqlKind.DEFAULT;
        return RowWindowRel.create(input, size, keyed ? columns(operands.get(1)) : List.of());
    }

    private static RelNode groupWindow(LogicalAggregate aggregate, Project project) {
        for (int key : aggregate.getGroupSet()) {
            if (project.getProjects().get(key) instanceof RexCall call && isGroupWindow(call.getKind())) {
                return groupWindow(aggregate, project, key, call);
            }
        }
        return aggregate;
    }

    private static RelNode groupWindow(LogicalAggregate aggregate, Project project, int key, RexCall call) {
        List<RexNode> projects = new ArrayList<>(project.getProjects());
        projects.set(key, call.getOperands().get(0));
        RelNode input = LogicalProject.create(
                project.getInput(), List.of(), projects, project.getRowType().getFieldNames(), Set.of());
        ImmutableBitSet otherKeys = aggregate.getGroupSet().clear(key);
        List<RexNode> operands = call.getOperands();
        WindowSpec window = switch (call.getKind()) {
            case TUMBLE -> new WindowSpec.Tumble(time(key), positive(operands.get(1)), optional(operands, 2));
            case HOP ->
                new WindowSpec.Hop(
                        time(key), positive(operands.get(1)), positive(operands.get(2)), optional(operands, 3));
            default -> new WindowSpec.Session(time(key), positive(operands.get(1)), otherKeys.asList());
        };
        WindowAssignRel assign = WindowAssignRel.create(input, window);
        int start = assign.firstWindowColumn();
        ImmutableBitSet keys = otherKeys.union(ImmutableBitSet.range(start, start + 3));
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .filter(aggregateCall -> property(aggregateCall.getAggregation()) < 0)
                .toList();
        List<ImmutableBitSet> sets = aggregate.getGroupSets().stream()
                .map(set -> set.clear(key).union(ImmutableBitSet.range(start, start + 3)))
                .toList();
        RelNode grouped = LogicalAggregate.create(assign, List.of(), keys, sets, calls);
        return outputs(aggregate, grouped, key, keys, start);
    }

    /** The columns of the old aggregate, made from those of the new one. */
    private static RelNode outputs(
            LogicalAggregate old, RelNode grouped, int windowKey, ImmutableBitSet keys, int start) {
        RexBuilder builder = old.getCluster().getRexBuilder();
        List<RexNode> outputs = new ArrayList<>();
        for (int key : old.getGroupSet()) {
            int column = key == windowKey ? start : key;
            outputs.add(RexInputRef.of(keys.indexOf(column), grouped.getRowType()));
        }
        int next = keys.cardinality();
        for (AggregateCall call : old.getAggCallList()) {
            int property = property(call.getAggregation());
            int index = property < 0 ? next++ : keys.indexOf(start + property);
            outputs.add(RexInputRef.of(index, grouped.getRowType()));
        }
        return LogicalProject.create(
                grouped,
                List.of(),
                typed(builder, outputs, old),
                old.getRowType().getFieldNames(),
                Set.of());
    }

    private static List<RexNode> typed(RexBuilder builder, List<RexNode> nodes, RelNode like) {
        List<RexNode> typed = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            typed.add(builder.ensureType(like.getRowType().getFieldList().get(i).getType(), nodes.get(i), true));
        }
        return typed;
    }

    /** 0 start, 1 end, 2 time; negative for an aggregate that is no property of a window. */
    private static int property(SqlOperator operator) {
        if (operator.equals(WindowFunctions.WINDOW_START)) {
            return 0;
        }
        if (operator.equals(WindowFunctions.WINDOW_END)) {
            return 1;
        }
        boolean time = operator.equals(WindowFunctions.WINDOW_TIME) || operator.equals(WindowFunctions.WINDOW_PROCTIME);
        return time ? 2 : -1;
    }

    private static boolean isGroupWindow(SqlKind kind) {
        return kind == SqlKind.TUMBLE || kind == SqlKind.HOP || kind == SqlKind.SESSION;
    }

    private static WindowSpec.Time time(int column) {
        return new WindowSpec.Time(column, TimeDomain.EVENT, ZoneOffset.UTC, 0);
    }

    private static int column(RexNode descriptor) {
        return columns(descriptor).get(0);
    }

    private static List<Integer> columns(RexNode descriptor) {
        return ((RexCall) descriptor)
                .getOperands().stream()
                        .map(operand -> ((RexInputRef) operand).getIndex())
                        .toList();
    }

    private static long positive(RexNode length) {
        long millis = millis(length);
        if (millis > 0) {
            return millis;
        }
        throw SabotException.of(ErrorCode.INVALID_PARAMETER, "the length of a window must be positive");
    }

    private static long optional(List<RexNode> operands, int index) {
        return index < operands.size() && operands.get(index).getKind() != SqlKind.DEFAULT
                ? millis(operands.get(index))
                : 0;
    }

    private static long millis(RexNode length) {
        if (length instanceof RexLiteral literal && !literal.isNull()) {
            if (literal.getType().getSqlTypeName().isYearMonth()) {
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "windows of months and years are not supported")
                        .hint("use INTERVAL … DAY");
            }
            return Objects.requireNonNull(literal.getValueAs(Long.class));
        }
        if (length instanceof RexCall call && call.getKind() == SqlKind.MINUS_PREFIX) {
            return -millis(call.getOperands().get(0));
        }
        throw SabotException.of(ErrorCode.INVALID_PARAMETER, "the length of a window must be an INTERVAL literal");
    }

    private static void check(RexNode size, RexNode step, String rule) {
        if (millis(size) % millis(step) != 0) {
            throw SabotException.of(ErrorCode.INVALID_PARAMETER, rule)
                    .why(millis(size) + " ms is not a multiple of " + millis(step) + " ms");
        }
    }
}
