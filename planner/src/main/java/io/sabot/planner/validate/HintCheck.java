package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses hints that change results or state and have no effect here; those that only speed up are passed over. */
final class HintCheck extends SqlBasicVisitor<@Nullable Void> {
    private HintCheck() {}

    static void check(SqlNode query) {
        query.accept(new HintCheck());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlHint hint && hint.getName().equalsIgnoreCase("STATE_TTL")) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "the hint STATE_TTL is not supported yet")
                    .at(SqlSpans.of(hint))
                    .why("state would be kept for ever")
                    .hint("leave it out");
        }
        return super.visit(call);
    }
}
