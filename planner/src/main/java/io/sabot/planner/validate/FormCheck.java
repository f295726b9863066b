package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses by name what the grammar has and nothing behind it knows: recursive queries, times with a zone of their own. */
final class FormCheck extends SqlBasicVisitor<@Nullable Void> {
    private FormCheck() {}

    static void check(SqlNode query) {
        query.accept(new FormCheck());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "WITH RECURSIVE is not supported")
                    .at(SqlSpans.of(item.name))
                    .hint("leave RECURSIVE out if no query of the WITH reads itself");
        }
        return super.visit(call);
    }

    @Override
    public @Nullable Void visit(SqlDataTypeSpec type) {
        if (type.toString().toUpperCase(Locale.ROOT).contains("WITH TIME ZONE")) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "types WITH TIME ZONE are not supported")
                    .at(SqlSpans.of(type))
                    .why("values do not keep a zone of their own")
                    .hint("TIMESTAMP_LTZ is a point in time, shown in the zone of the session");
        }
        return super.visit(type);
    }
}
