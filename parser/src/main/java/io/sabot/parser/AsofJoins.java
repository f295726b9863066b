package io.sabot.parser;

import static io.sabot.parser.impl.SabotSqlParserImplConstants.ASOF;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.Token;
import io.sabot.parser.text.SqlSpans;
import java.util.List;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses ASOF JOIN without MATCH_CONDITION, which the grammar lets through as a join of a kind that is none. */
final class AsofJoins extends SqlBasicVisitor<@Nullable Void> {
    private AsofJoins() {}

    static void check(SqlNode query, List<Token> tokens) {
        if (tokens.stream().anyMatch(token -> token.kind == ASOF)) {
            query.accept(new AsofJoins());
        }
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlJoin join && !(call instanceof SqlAsofJoin)) {
            JoinType type = join.getJoinType();
            if (type == JoinType.ASOF || type == JoinType.LEFT_ASOF) {
                throw SabotException.of(ErrorCode.SYNTAX_ERROR, "ASOF JOIN needs a MATCH_CONDITION")
                        .at(SqlSpans.of(join.getRight()))
                        .hint("write MATCH_CONDITION t.time >= u.time behind the second table");
            }
        }
        return super.visit(call);
    }
}
