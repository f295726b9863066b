package io.sabot.planner.physical;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Tells conditions that a decoder can test while it reads: a column compared with a constant. */
final class SimpleComparison {
    private SimpleComparison() {}

    static boolean isSimple(RexNode node) {
        if (!(node instanceof RexCall call)
                || !call.isA(SqlKind.COMPARISON)
                || call.getOperands().size() != 2) {
            return false;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        return (isColumn(left) && isConstant(right)) || (isConstant(left) && isColumn(right));
    }

    private static boolean isColumn(RexNode node) {
        return node instanceof RexInputRef && isPlain(node.getType().getSqlTypeName());
    }

    private static boolean isConstant(RexNode node) {
        return node instanceof RexLiteral literal
                && !literal.isNull()
                && isPlain(literal.getType().getSqlTypeName());
    }

    private static boolean isPlain(SqlTypeName type) {
        return SqlTypeName.INT_TYPES.contains(type)
                || SqlTypeName.CHAR_TYPES.contains(type)
                || type == SqlTypeName.BOOLEAN;
    }
}
