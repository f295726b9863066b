package io.sabot.planner.logical;

import io.sabot.planner.function.SabotFunctions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The two levels of one aggregation: branches that compute parts of its calls, and what puts them together. The columns of
 * every branch are the keys and the parts of all calls; those of other branches are 0 for counts, else NULL.
 */
final class DistinctParts {
    private static final String BUCKET = "$bucket";

    private final Aggregate whole;
    private final RelNode input;
    private final RexBuilder rex;
    private final int bucketCount;
    /** By column whose average is asked for: where it stands as BIGINT, in which averages are summed. */
    private final Map<Integer, Integer> wide = new HashMap<>();

    private final List<Part> parts = new ArrayList<>();
    private final List<Branch> branches = new ArrayList<>();

    /**
     * What is computed of a call in a branch.
     *
     * @param call its number
     * @param sums what puts the parts together
     */
    private record Part(int call, SqlAggFunction function, SqlAggFunction sums, String name) {}

    /**
     * A branch.
     *
     * @param columns where the result of a part stands
     */
    private record Branch(RelNode rel, Map<Part, Integer> columns) {}

    DistinctParts(Aggregate whole, int bucketCount) {
        this.whole = whole;
        this.rex = whole.getCluster().getRexBuilder();
        this.bucketCount = bucketCount;
        this.input = widened(whole.getInput());
        for (int i = 0; i < whole.getAggCallList().size(); i++) {
            AggregateCall call = whole.getAggCallList().get(i);
            SqlAggFunction function = call.getAggregation();
            String name = "$part" + i;
            switch (function.getKind()) {
                case COUNT -> parts.add(new Part(i, function, SqlStdOperatorTable.SUM0, name));
                case AVG -> {
                    parts.add(new Part(i, SqlStdOperatorTable.SUM, SqlStdOperatorTable.SUM, name));
                    parts.add(new Part(i, SqlStdOperatorTable.COUNT, SqlStdOperatorTable.SUM0, name + "$count"));
                }
                default -> parts.add(new Part(i, function, function, name));
            }
        }
    }

    private RelNode widened(RelNode rows) {
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>(rows.getRowType().getFieldNames());
        for (int column = 0; column < names.size(); column++) {
            columns.add(rex.makeInputRef(rows, column));
        }
        for (AggregateCall call : whole.getAggCallList()) {
            if (isAverage(call) && wide.putIfAbsent(call.getArgList().get(0), columns.size()) == null) {
                RexNode narrow = columns.get(call.getArgList().get(0));
                RelDataType bigint = rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
                columns.add(rex.makeCast(
                        rex.getTypeFactory()
                                .createTypeWithNullability(
                                        bigint, narrow.getType().isNullable()),
                        narrow));
                names.add("$wide" + names.size());
            }
        }
        return wide.isEmpty() ? rows : LogicalProject.create(rows, List.of(), columns, names, Set.of());
    }

    private List<Integer> arguments(AggregateCall call) {
        return isAverage(call) ? List.of(wide.getOrDefault(call.getArgList().get(0), -1)) : call.getArgList();
    }

    /** A branch of calls by the keys alone. */
    void add(List<Integer> calls) {
        add(calls, List.of());
    }

    /** A branch of calls by the keys and a bucket of the values of some columns. */
    void add(List<Integer> calls, List<Integer> bucketed) {
        List<Integer> columns = new ArrayList<>(whole.getGroupSet().asList());
        Set<Integer> read = new TreeSet<>();
        for (int call : calls) {
            AggregateCall of = whole.getAggCallList().get(call);
            read.addAll(arguments(of));
            if (of.filterArg >= 0) {
                read.add(of.filterArg);
            }
        }
        columns.forEach(read::remove);
        columns.addAll(read);
        List<RexNode> projects = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<RelDataTypeField> fields = input.getRowType().getFieldList();
        for (int column : columns) {
            projects.add(rex.makeInputRef(input, column));
            names.add(fields.get(column).getName());
        }
        ImmutableBitSet keys = ImmutableBitSet.range(whole.getGroupCount());
        if (!bucketed.isEmpty()) {
            keys = keys.set(projects.size());
            projects.add(bucket(bucketed));
            names.add(BUCKET);
        }
        RelNode rows = LogicalProject.create(input, List.of(), projects, names, Set.of());
        Map<Part, Integer> positions = new HashMap<>();
        List<AggregateCall> partial = new ArrayList<>();
        for (Part part : parts) {
            if (calls.contains(part.call())) {
                positions.put(part, keys.cardinality() + partial.size());
                partial.add(partOf(part, columns, rows, keys.isEmpty()));
            }
        }
        branches.add(new Branch(LogicalAggregate.create(rows, List.of(), keys, null, partial), positions));
    }

    private RexNode bucket(List<Integer> columns) {
        List<RexNode> operands = new ArrayList<>();
        operands.add(rex.makeExactLiteral(BigDecimal.valueOf(bucketCount)));
        columns.forEach(column -> operands.add(rex.makeInputRef(input, column)));
        return rex.makeCall(SabotFunctions.BUCKET, operands);
    }

    private AggregateCall partOf(Part part, List<Integer> columns, RelNode rows, boolean emptyGroup) {
        AggregateCall call = whole.getAggCallList().get(part.call());
        return call(
                part.function(),
                DistinctSplit.isDistinct(call),
                arguments(call).stream().map(columns::indexOf).toList(),
                call.filterArg < 0 ? -1 : columns.indexOf(call.filterArg),
                rows,
                emptyGroup,
                part.name());
    }

    private static AggregateCall call(
            SqlAggFunction function,
            boolean distinct,
            List<Integer> arguments,
            int filter,
            RelNode rows,
            boolean emptyGroup,
            String name) {
        return AggregateCall.create(
                function,
                distinct,
                false,
                false,
                List.of(),
                arguments,
                filter,
                null,
                RelCollations.EMPTY,
                emptyGroup,
                rows,
                null,
                name);
    }

    /** What the whole aggregation gives. */
    RelNode merged() {
        RelNode rows = union();
        int keyCount = whole.getGroupCount();
        List<AggregateCall> sums = new ArrayList<>();
        for (Part part : parts) {
            sums.add(call(part.sums(), false, List.of(keyCount + sums.size()), -1, rows, keyCount == 0, part.name()));
        }
        RelNode merged = LogicalAggregate.create(rows, whole.getHints(), ImmutableBitSet.range(keyCount), null, sums);
        RelDataType output = whole.getRowType();
        List<RexNode> columns = new ArrayList<>();
        for (int key = 0; key < keyCount; key++) {
            columns.add(rex.makeInputRef(merged, key));
        }
        for (int i = 0; i < parts.size(); i++) {
            RelDataType type = output.getFieldList().get(columns.size()).getType();
            RexNode value = rex.makeInputRef(merged, keyCount + i);
            if (isAverage(whole.getAggCallList().get(parts.get(i).call()))) {
                value = average(value, rex.makeInputRef(merged, keyCount + ++i));
            }
            columns.add(rex.ensureType(type, value, true));
        }
        RelNode project = LogicalProject.create(merged, List.of(), columns, output.getFieldNames(), Set.of());
        // a part that another branch does not have could be NULL, the whole cannot
        return NeverNull.typed(project, output);
    }

    private static boolean isAverage(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.AVG;
    }

    /** NULL of no values. */
    private RexNode average(RexNode sum, RexNode count) {
        RexNode zero = rex.makeZeroLiteral(count.getType());
        RexNode divisor = rex.makeCall(
                SqlStdOperatorTable.CASE,
                rex.makeCall(SqlStdOperatorTable.EQUALS, count, zero),
                rex.makeNullLiteral(count.getType()),
                count);
        return rex.makeCall(SqlStdOperatorTable.DIVIDE, sum, divisor);
    }

    private RelNode union() {
        List<RelDataType> types = new ArrayList<>();
        for (Part part : parts) {
            RelDataType type = branches.stream()
                    .filter(branch -> branch.columns().containsKey(part))
                    .map(branch -> field(branch, part).getType())
                    .findFirst()
                    .orElseThrow();
            boolean nullable = type.isNullable() || (branches.size() > 1 && !isCount(part));
            types.add(rex.getTypeFactory().createTypeWithNullability(type, nullable));
        }
        List<RelNode> inputs =
                branches.stream().map(branch -> padded(branch, types)).toList();
        return inputs.size() == 1 ? inputs.get(0) : LogicalUnion.create(inputs, true);
    }

    private static boolean isCount(Part part) {
        return part.function().getKind() == SqlKind.COUNT;
    }

    private static RelDataTypeField field(Branch branch, Part part) {
        int column = Objects.requireNonNull(branch.columns().get(part));
        return branch.rel().getRowType().getFieldList().get(column);
    }

    private RelNode padded(Branch branch, List<RelDataType> types) {
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int key = 0; key < whole.getGroupCount(); key++) {
            columns.add(rex.makeInputRef(branch.rel(), key));
            names.add(whole.getRowType().getFieldNames().get(key));
        }
        for (int i = 0; i < parts.size(); i++) {
            Integer column = branch.columns().get(parts.get(i));
            RelDataType type = types.get(i);
            if (column != null) {
                columns.add(
                        rex.ensureType(type, RexInputRef.of(column, branch.rel().getRowType()), true));
            } else {
                columns.add(isCount(parts.get(i)) ? rex.makeZeroLiteral(type) : rex.makeNullLiteral(type));
            }
            names.add(parts.get(i).name());
        }
        return LogicalProject.create(branch.rel(), List.of(), columns, names, Set.of());
    }
}
