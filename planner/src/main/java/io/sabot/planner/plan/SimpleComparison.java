package io.sabot.planner.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A comparison of a column with a constant, in words that a decoder understands.
 *
 * @param operator {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >} or {@code >=}
 * @param constant a Long, String or Boolean
 */
public record SimpleComparison(int column, String operator, Object constant) {
    /** The conjuncts that are such comparisons; the others are left out. */
    public static List<SimpleComparison> of(List<RexNode> conjuncts) {
        List<SimpleComparison> found = new ArrayList<>();
        conjuncts.forEach(conjunct -> read(conjunct).ifPresent(found::add));
        return found;
    }

    /** Whether a condition is such a comparison. */
    public static boolean isSimple(RexNode condition) {
        return read(condition).isPresent();
    }

    /** Columns that expressions read, ascending. */
    public static List<Integer> columnsOf(List<RexNode> expressions) {
        TreeSet<Integer> columns = new TreeSet<>();
        for (RexNode expression : expressions) {
            ImmutableBitSet bits = RelOptUtil.InputFinder.bits(expression);
            bits.forEach(columns::add);
        }
        return List.copyOf(columns);
    }

    private static Optional<SimpleComparison> read(RexNode condition) {
        if (!(condition instanceof RexCall call) || call.getOperands().size() != 2 || !isComparison(call.getKind())) {
            return Optional.empty();
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (isPlain(left) && left instanceof RexInputRef column && right instanceof RexLiteral literal) {
            return constant(literal).map(value -> new SimpleComparison(column.getIndex(), call.getKind().sql, value));
        }
        if (isPlain(right) && left instanceof RexLiteral literal && right instanceof RexInputRef column) {
            SqlKind reversed = call.getKind().reverse();
            return constant(literal).map(value -> new SimpleComparison(column.getIndex(), reversed.sql, value));
        }
        return Optional.empty();
    }

    private static boolean isPlain(RexNode node) {
        SqlTypeName type = node.getType().getSqlTypeName();
        return SqlTypeName.INT_TYPES.contains(type)
                || SqlTypeName.CHAR_TYPES.contains(type)
                || type == SqlTypeName.BOOLEAN;
    }

    private static boolean isComparison(SqlKind kind) {
        return switch (kind) {
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
            default -> false;
        };
    }

    private static Optional<Object> constant(RexLiteral literal) {
        if (literal.isNull()) {
            return Optional.empty();
        }
        SqlTypeName type = literal.getType().getSqlTypeName();
        if (SqlTypeName.INT_TYPES.contains(type)) {
            BigDecimal value = literal.getValueAs(BigDecimal.class);
            return value == null ? Optional.empty() : Optional.of(value.longValue());
        }
        if (SqlTypeName.CHAR_TYPES.contains(type)) {
            return Optional.ofNullable(literal.getValueAs(String.class));
        }
        return type == SqlTypeName.BOOLEAN ? Optional.ofNullable(literal.getValueAs(Boolean.class)) : Optional.empty();
    }
}
