package io.sabot.planner.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Columns that a filter binds to one value, and what becomes of expressions behind it: {@code CASE WHEN kind = 1 THEN a
 * ELSE b END} is {@code a} where {@code kind = 1}, and {@code b} need not be read. Tables of several kinds of events have
 * their event time like that.
 */
final class KnownValues {
    private final Map<Integer, RexLiteral> values = new HashMap<>();
    private final RexBuilder rex;

    private KnownValues(RexBuilder rex) {
        this.rex = rex;
    }

    static KnownValues of(List<RexNode> conjuncts, RexBuilder rex) {
        KnownValues known = new KnownValues(rex);
        for (RexNode conjunct : conjuncts) {
            if (conjunct instanceof RexCall call
                    && conjunct.getKind() == SqlKind.EQUALS
                    && call.getOperands().get(0) instanceof RexInputRef ref
                    && call.getOperands().get(1) instanceof RexLiteral literal
                    && !literal.isNull()) {
                known.values.putIfAbsent(ref.getIndex(), literal);
            }
        }
        return known;
    }

    RexNode simplify(RexNode node) {
        return values.isEmpty() ? node : node.accept(new Fold());
    }

    /** Whether a comparison holds; null when the known values do not tell. */
    private @Nullable Boolean decided(RexNode condition) {
        if (condition.isAlwaysTrue() || condition.isAlwaysFalse()) {
            return condition.isAlwaysTrue();
        }
        if (condition instanceof RexCall call
                && condition.getKind() == SqlKind.EQUALS
                && call.getOperands().get(0) instanceof RexInputRef ref
                && call.getOperands().get(1) instanceof RexLiteral literal
                && !literal.isNull()) {
            RexLiteral value = values.get(ref.getIndex());
            if (value != null
                    && value.getType().getSqlTypeName() == literal.getType().getSqlTypeName()) {
                return Objects.equals(value.getValue(), literal.getValue());
            }
        }
        return null;
    }

    private final class Fold extends RexShuttle {
        @Override
        public RexNode visitCall(RexCall call) {
            return call.getKind() == SqlKind.CASE ? fold(call) : super.visitCall(call);
        }

        private RexNode fold(RexCall call) {
            List<RexNode> kept = new ArrayList<>();
            List<RexNode> operands = call.getOperands();
            for (int i = 0; i + 1 < operands.size(); i += 2) {
                Boolean decided = decided(operands.get(i));
                if (Boolean.TRUE.equals(decided)) {
                    return finish(call, kept, operands.get(i + 1));
                }
                if (decided == null) {
                    kept.add(operands.get(i).accept(this));
                    kept.add(operands.get(i + 1).accept(this));
                }
            }
            return finish(call, kept, operands.get(operands.size() - 1));
        }

        private RexNode finish(RexCall call, List<RexNode> kept, RexNode otherwise) {
            RexNode last = otherwise.accept(this);
            if (kept.isEmpty()) {
                return rex.ensureType(call.getType(), last, false);
            }
            List<RexNode> operands = new ArrayList<>(kept);
            operands.add(last);
            return call.clone(call.getType(), operands);
        }
    }
}
