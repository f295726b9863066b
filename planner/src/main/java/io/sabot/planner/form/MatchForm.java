package io.sabot.planner.form;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses in MATCH_RECOGNIZE what its grammar has and its rows cannot give: other keys than columns, queries, windows. */
final class MatchForm extends SqlBasicVisitor<@Nullable Void> {
    private MatchForm() {}

    static void check(SqlMatchRecognize match) {
        match.getPartitionList().forEach(key -> checkKey("PARTITION BY", key));
        match.getOrderList().forEach(key -> checkKey("ORDER BY", key));
        MatchForm form = new MatchForm();
        match.getMeasureList().accept(form);
        match.getPatternDefList().accept(form);
    }

    private static void checkKey(String clause, SqlNode key) {
        SqlNode column = key;
        while (column.getKind() == SqlKind.DESCENDING
                || column.getKind() == SqlKind.NULLS_FIRST
                || column.getKind() == SqlKind.NULLS_LAST) {
            column = ((SqlCall) column).operand(0);
        }
        if (!(column instanceof SqlIdentifier)) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, clause + " of MATCH_RECOGNIZE takes names of columns")
                    .at(SqlSpans.of(key))
                    .hint("compute the column in a sub-query or view that MATCH_RECOGNIZE reads");
        }
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        boolean query = call.isA(SqlKind.QUERY) || call.getKind() == SqlKind.SET_SEMANTICS_TABLE;
        if (query || call.getKind() == SqlKind.OVER || call.getKind() == SqlKind.EXPLICIT_TABLE) {
            String what = call.getKind() == SqlKind.OVER ? "an OVER window" : "a sub-query";
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what + " in MATCH_RECOGNIZE is not supported")
                    .at(SqlSpans.of(call))
                    .hint("compute it in a query that MATCH_RECOGNIZE reads, or in one that reads the matches");
        }
        return super.visit(call);
    }
}
