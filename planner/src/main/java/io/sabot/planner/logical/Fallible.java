package io.sabot.planner.logical;

import io.sabot.planner.plan.JavaOperator;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Tells expressions that can fail on a row: divisions, casts of texts, functions of users. They are never computed for rows
 * that a condition before them leaves out, so they stay behind it.
 */
public final class Fallible extends RexVisitorImpl<@Nullable Void> {
    private static final Fallible FINDER = new Fallible();
    private static final Set<String> FUNCTIONS =
            Set.of("ELEMENT", "ENCODE", "DECODE", "MAP_FROM_ARRAYS", "CONVERT_TZ", "DATE_FORMAT");

    private Fallible() {
        super(true);
    }

    /** Whether there are rows for which the expression has no value. */
    public static boolean canFail(RexNode node) {
        try {
            node.accept(FINDER);
            return false;
        } catch (Util.FoundOne found) {
            return true;
        }
    }

    @Override
    public @Nullable Void visitCall(RexCall call) {
        if (divides(call) || readsText(call) || call.getOperator() instanceof JavaOperator || isListed(call)) {
            throw Util.FoundOne.NULL;
        }
        return super.visitCall(call);
    }

    private static boolean divides(RexCall call) {
        boolean division = call.getKind() == SqlKind.DIVIDE || call.getKind() == SqlKind.MOD;
        return division
                && SqlTypeUtil.isExactNumeric(call.getType())
                && !(call.getOperands().get(1) instanceof RexLiteral divisor
                        && divisor.getValue() instanceof BigDecimal number
                        && number.signum() != 0);
    }

    private static boolean readsText(RexCall call) {
        if (call.getKind() != SqlKind.CAST
                || RexUtil.isNullLiteral(call.getOperands().get(0), true)) {
            return false;
        }
        RelDataType from = call.getOperands().get(0).getType();
        return SqlTypeUtil.inCharFamily(from) && !SqlTypeUtil.inCharFamily(call.getType());
    }

    private static boolean isListed(RexCall call) {
        return FUNCTIONS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }
}
