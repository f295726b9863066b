package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what validation would stumble over or not look at: calls without arguments of functions that take any number of
 * them, and intervals that are none as arguments of table functions.
 */
final class ArgumentCheck extends SqlBasicVisitor<@Nullable Void> {
    private static final Set<String> NEEDING_ONE = Set.of("COALESCE", "GREATEST", "LEAST");

    private final RelDataTypeSystem types;

    private ArgumentCheck(RelDataTypeSystem types) {
        this.types = types;
    }

    static void check(SqlNode query, RelDataTypeSystem types) {
        query.accept(new ArgumentCheck(types));
    }

    @Override
    public @Nullable Void visit(SqlLiteral literal) {
        if (literal instanceof SqlIntervalLiteral && literal.getValue() instanceof IntervalValue interval) {
            interval.getIntervalQualifier()
                    .evaluateIntervalLiteral(interval.getIntervalLiteral(), literal.getParserPosition(), types);
        }
        return null;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        String name = call.getOperator().getName();
        if (call.operandCount() == 0 && NEEDING_ONE.contains(name)) {
            throw SabotException.of(ErrorCode.UNDEFINED_FUNCTION, "'" + name + "' needs an argument")
                    .at(SqlSpans.of(call))
                    .hint("write " + name + "(a, b, …)");
        }
        return super.visit(call);
    }
}
