package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses calls without arguments of functions that take any number of them: validation would stumble over these. */
final class ArgumentCheck extends SqlBasicVisitor<@Nullable Void> {
    private static final Set<String> NEEDING_ONE = Set.of("COALESCE", "GREATEST", "LEAST");

    private ArgumentCheck() {}

    static void check(SqlNode query) {
        query.accept(new ArgumentCheck());
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
