package io.sabot.planner.logical;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.logical.LogicalMatch;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Gives the rows that a MATCH_RECOGNIZE reads columns of their neighbours: PREV(A.x, n) is the column LAG(x, n), over the
 * partition and order of the match, of the row that A took last; NEXT is LEAD. Both look at rows of the partition, matched or not
 * (SQL:2016, physical navigation).
 */
final class MatchNeighbours extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (!(visited instanceof Match match)) {
            return visited;
        }
        Navigation navigation = new Navigation(match);
        Map<String, RexNode> definitions = navigation.rewrite(match.getPatternDefinitions());
        Map<String, RexNode> measures = navigation.rewrite(match.getMeasures());
        if (navigation.neighbours.isEmpty()) {
            return match;
        }
        return LogicalMatch.create(
                navigation.input(),
                match.getRowType(),
                match.getPattern(),
                match.isStrictStart(),
                match.isStrictEnd(),
                definitions,
                measures,
                match.getAfter(),
                match.getSubsets(),
                match.isAllRows(),
                match.getPartitionKeys(),
                match.getOrderKeys(),
                match.getInterval());
    }

    private static final class Navigation extends RexShuttle {
        private final Match match;
        private final RelNode input;
        private final RexBuilder rex;
        private final List<RexNode> neighbours = new ArrayList<>();
        private final List<String> neighbourNames = new ArrayList<>();

        Navigation(Match match) {
            this.match = match;
            this.input = match.getInput();
            this.rex = match.getCluster().getRexBuilder();
        }

        Map<String, RexNode> rewrite(Map<String, RexNode> expressions) {
            Map<String, RexNode> rewritten = new LinkedHashMap<>();
            expressions.forEach((name, expression) -> rewritten.put(name, expression.accept(this)));
            return rewritten;
        }

        RelNode input() {
            List<RexNode> columns = new ArrayList<>(rex.identityProjects(input.getRowType()));
            columns.addAll(neighbours);
            List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
            names.addAll(neighbourNames);
            return LogicalProject.create(input, List.of(), columns, SqlValidatorUtil.uniquify(names, true), Set.of());
        }

        /** Calcite has put navigation around each column and literal by itself. */
        @Override
        public RexNode visitCall(RexCall call) {
            boolean navigates = call.getKind() == SqlKind.PREV || call.getKind() == SqlKind.NEXT;
            int distance = navigates ? distance(call) : 0;
            if (distance == 0) {
                return super.visitCall(call);
            }
            SqlAggFunction shift = call.getKind() == SqlKind.PREV ? SqlStdOperatorTable.LAG : SqlStdOperatorTable.LEAD;
            RexNode operand = call.getOperands().get(0);
            if (operand.getKind() == SqlKind.PREV && distance((RexCall) operand) == 0) {
                operand = ((RexCall) operand).getOperands().get(0);
            }
            if (operand instanceof RexLiteral) {
                return operand;
            }
            if (operand instanceof RexPatternFieldRef ref) {
                return neighbour(ref, shift, distance);
            }
            boolean logical = operand.getKind() == SqlKind.FIRST || operand.getKind() == SqlKind.LAST;
            if (logical && ((RexCall) operand).getOperands().get(0) instanceof RexPatternFieldRef ref) {
                RexCall ofMatch = (RexCall) operand;
                List<RexNode> operands = new ArrayList<>(ofMatch.getOperands());
                operands.set(0, neighbour(ref, shift, distance));
                return ofMatch.clone(operands.get(0).getType(), operands);
            }
            return call;
        }

        /** Rows between; 0 if that is no literal. */
        private static int distance(RexCall call) {
            return call.getOperands().size() > 1 && call.getOperands().get(1) instanceof RexLiteral literal
                    ? Objects.requireNonNull(literal.getValueAs(Integer.class))
                    : 0;
        }

        private RexNode neighbour(RexPatternFieldRef ref, SqlAggFunction shift, int distance) {
            RexNode column = shifted(ref.getIndex(), shift, distance);
            int known = neighbours.indexOf(column);
            if (known < 0) {
                known = neighbours.size();
                neighbours.add(column);
                String name = input.getRowType().getFieldNames().get(ref.getIndex());
                neighbourNames.add((shift.getKind() == SqlKind.LAG ? "PREV(" : "NEXT(") + name + ", " + distance + ")");
            }
            return new RexPatternFieldRef(ref.getAlpha(), columns() + known, column.getType());
        }

        private int columns() {
            return input.getRowType().getFieldCount();
        }

        private RexNode shifted(int column, SqlAggFunction shift, int distance) {
            RexNode value = rex.makeInputRef(input, column);
            List<RexNode> keys = match.getPartitionKeys().asList().stream()
                    .<RexNode>map(key -> rex.makeInputRef(input, key))
                    .toList();
            ImmutableList.Builder<RexFieldCollation> order = ImmutableList.builder();
            for (RelFieldCollation collation : match.getOrderKeys().getFieldCollations()) {
                order.add(new RexFieldCollation(
                        rex.makeInputRef(input, collation.getFieldIndex()), directions(collation)));
            }
            return rex.makeOver(
                    rex.getTypeFactory().createTypeWithNullability(value.getType(), true),
                    shift,
                    List.of(value, rex.makeExactLiteral(BigDecimal.valueOf(distance))),
                    keys,
                    order.build(),
                    RexWindowBounds.UNBOUNDED_PRECEDING,
                    RexWindowBounds.UNBOUNDED_FOLLOWING,
                    true,
                    true,
                    false,
                    false,
                    false);
        }

        private static Set<SqlKind> directions(RelFieldCollation collation) {
            Set<SqlKind> directions = EnumSet.noneOf(SqlKind.class);
            if (collation.direction.isDescending()) {
                directions.add(SqlKind.DESCENDING);
            }
            switch (collation.nullDirection) {
                case FIRST -> directions.add(SqlKind.NULLS_FIRST);
                case LAST -> directions.add(SqlKind.NULLS_LAST);
                case UNSPECIFIED -> {}
            }
            return directions;
        }
    }
}
