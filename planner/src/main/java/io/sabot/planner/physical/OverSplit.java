package io.sabot.planner.physical;

import io.sabot.planner.plan.OrderNode.Collation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Cuts a projection with OVER calls, and what stands above it, into what is computed below the calls, the calls over columns,
 * and what is computed above.
 *
 * <p>Below are the columns that are read, expressions that calls read, and values that must not be computed twice.
 */
final class OverSplit {
    private final Project project;
    private final List<RexNode> outputs;
    private final List<RexNode> conjuncts;
    private final List<RexNode> columns = new ArrayList<>();

    /** @param chain whose base is {@code project} */
    OverSplit(Chain chain, Project project) {
        this.project = project;
        this.outputs = inline(chain.projections());
        this.conjuncts = inline(chain.conjuncts());
        RexShuttle collector = new Above(Map.of());
        outputs.forEach(output -> output.accept(collector));
        conjuncts.forEach(conjunct -> conjunct.accept(collector));
        for (RexOver over : calls()) {
            partition(over);
            collations(over);
            operands(over).forEach(this::column);
        }
    }

    /** Operands that must be columns. */
    private List<RexNode> operands(RexOver over) {
        return switch (over.getAggOperator().getKind()) {
            case NTILE -> List.of();
            case LAG, LEAD ->
                over.getOperands().size() > 2
                        ? List.of(over.getOperands().get(0), shiftedDefault(over))
                        : List.of(over.getOperands().get(0));
            default -> over.getOperands();
        };
    }

    /** What LAG or LEAD give where there is no row, in the type of the call. */
    RexNode shiftedDefault(RexOver over) {
        return project.getCluster()
                .getRexBuilder()
                .ensureType(
                        project.getCluster().getTypeFactory().createTypeWithNullability(over.getType(), true),
                        over.getOperands().get(2),
                        false);
    }

    /** All calls, each once. */
    Set<RexOver> calls() {
        List<RexNode> all = new ArrayList<>(outputs);
        all.addAll(conjuncts);
        return calls(all);
    }

    private List<RexNode> inline(List<RexNode> overProjection) {
        return overProjection.stream()
                .map(node -> Chain.inline(node, project.getProjects()))
                .toList();
    }

    /** What leaves, over the input, with the OVER calls in it. */
    List<RexNode> outputs() {
        return outputs;
    }

    /** What is tested first, likewise. */
    List<RexNode> conjuncts() {
        return conjuncts;
    }

    /** Where an expression over the input stands below. */
    int column(RexNode expression) {
        int at = columns.indexOf(expression);
        if (at >= 0) {
            return at;
        }
        columns.add(expression);
        return columns.size() - 1;
    }

    List<Integer> partition(RexOver over) {
        return over.getWindow().partitionKeys.stream()
                .map(this::column)
                .distinct()
                .toList();
    }

    List<Collation> collations(RexOver over) {
        return over.getWindow().orderKeys.stream()
                .map(key -> Orders.collation(
                        column(Objects.requireNonNull(key.left)),
                        Objects.requireNonNull(key.left).getType(),
                        key.getDirection(),
                        key.getNullDirection()))
                .toList();
    }

    /** The columns below. */
    RelNode below() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add(name(i));
        }
        return LogicalProject.create(project.getInput(), List.of(), columns, names, Set.of());
    }

    private String name(int column) {
        if (columns.get(column) instanceof RexInputRef ref) {
            return project.getInput().getRowType().getFieldNames().get(ref.getIndex());
        }
        String field = columns.get(column) instanceof RexFieldAccess access
                ? access.getField().getName()
                : "$over";
        return field + "$" + column;
    }

    /** Expressions over the input as such over the columns below, with the results of calls in their places. */
    List<RexNode> above(List<RexNode> expressions, Map<RexOver, ? extends RexNode> results) {
        RexShuttle above = new Above(results);
        return expressions.stream().map(node -> node.accept(above)).toList();
    }

    private final class Above extends RexShuttle {
        private final Map<RexOver, ? extends RexNode> results;

        Above(Map<RexOver, ? extends RexNode> results) {
            this.results = results;
        }

        @Override
        public RexNode visitOver(RexOver over) {
            RexNode result = results.get(over);
            return result == null ? over : result;
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(column(ref), ref.getType());
        }

        /** A field is read alone, without the row that it is in. */
        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            RexNode row = access;
            while (row instanceof RexFieldAccess field) {
                row = field.getReferenceExpr();
            }
            return row instanceof RexInputRef
                    ? new RexInputRef(column(access), access.getType())
                    : super.visitFieldAccess(access);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            boolean once = !RexUtil.isDeterministic(call) && !RexOver.containsOver(call);
            return once ? new RexInputRef(column(call), call.getType()) : super.visitCall(call);
        }
    }

    /** The calls in some expressions, each once. */
    static Set<RexOver> calls(List<RexNode> expressions) {
        Set<RexOver> calls = new LinkedHashSet<>();
        RexVisitorImpl<Void> finder = new RexVisitorImpl<>(true) {
            @Override
            public Void visitOver(RexOver over) {
                calls.add(over);
                return null;
            }
        };
        expressions.forEach(expression -> expression.accept(finder));
        return calls;
    }
}
