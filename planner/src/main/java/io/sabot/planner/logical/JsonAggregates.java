package io.sabot.planner.logical;

import io.sabot.planner.function.SabotFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Hands values to JSON_OBJECTAGG and JSON_ARRAYAGG as JSON already: {@code JSON_ARRAYAGG(x)} is one over JSON_STRING(x). */
final class JsonAggregates extends RelHomogeneousShuttle {
    private static final Set<String> MAKERS = Set.of("JSON_OBJECT", "JSON_ARRAY", "JSON", "JSON_STRING");

    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (visited instanceof Aggregate aggregate
                && aggregate.getAggCallList().stream().anyMatch(JsonAggregates::isJson)) {
            return withJsonValues(aggregate);
        }
        return visited;
    }

    private static boolean isJson(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.JSON_OBJECTAGG || kind == SqlKind.JSON_ARRAYAGG;
    }

    private static RelNode withJsonValues(Aggregate aggregate) {
        RelNode input = aggregate.getInput();
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        for (int c = 0; c < names.size(); c++) {
            columns.add(RexInputRef.of(c, input.getRowType()));
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            List<Integer> arguments = new ArrayList<>(call.getArgList());
            int value = arguments.size() - 1;
            if (isJson(call) && !isJson(input, arguments.get(value))) {
                columns.add(aggregate
                        .getCluster()
                        .getRexBuilder()
                        .makeCall(SabotFunctions.JSON_STRING, columns.get(arguments.get(value))));
                arguments.set(value, names.size());
                names.add("$json" + names.size());
            }
            calls.add(call.withArgList(arguments));
        }
        RelNode project = LogicalProject.create(input, List.of(), columns, names, Set.of());
        return aggregate.copy(
                aggregate.getTraitSet(), project, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
    }

    /** Whether a column is JSON that was made right below. */
    private static boolean isJson(RelNode input, int column) {
        return input instanceof Project project
                && project.getProjects().get(column) instanceof RexCall call
                && MAKERS.contains(call.getOperator().getName());
    }
}
