package io.sabot.parser.text;

import io.sabot.parser.error.SqlSpan;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Turns Calcite's positions into spans and back; both count lines and columns from 1, ends inclusive. */
public final class SqlSpans {
    private SqlSpans() {}

    /** {@link SqlSpan#NONE} for {@link SqlParserPos#ZERO}. */
    public static SqlSpan of(SqlParserPos position) {
        return position.getLineNum() < 1
                ? SqlSpan.NONE
                : new SqlSpan(
                        position.getLineNum(),
                        position.getColumnNum(),
                        position.getEndLineNum(),
                        position.getEndColumnNum());
    }

    /** Where a node stands. */
    public static SqlSpan of(SqlNode node) {
        return of(node.getParserPosition());
    }

    /** Where an error of Calcite's parser or validator points. */
    public static SqlSpan of(CalciteContextException error) {
        return error.getPosLine() < 1
                ? SqlSpan.NONE
                : new SqlSpan(error.getPosLine(), error.getPosColumn(), error.getEndPosLine(), error.getEndPosColumn());
    }

    /** The opposite of {@link #of(SqlParserPos)}. */
    public static SqlParserPos position(SqlSpan span) {
        return span.isKnown()
                ? new SqlParserPos(span.line(), span.column(), span.endLine(), span.endColumn())
                : SqlParserPos.ZERO;
    }

    /** From the start of the first to the end of the last; an unknown one does not count. */
    public static SqlSpan join(SqlSpan first, SqlSpan last) {
        if (!first.isKnown()) {
            return last;
        }
        return last.isKnown() ? new SqlSpan(first.line(), first.column(), last.endLine(), last.endColumn()) : first;
    }
}
