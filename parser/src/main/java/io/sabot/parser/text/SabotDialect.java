package io.sabot.parser.text;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** How our SQL is written: backticks around names, strings as they are. */
final class SabotDialect extends SqlDialect {
    static final SabotDialect INSTANCE = new SabotDialect();

    private SabotDialect() {
        super(EMPTY_CONTEXT
                .withDatabaseProduct(DatabaseProduct.UNKNOWN)
                .withLiteralQuoteString("'")
                .withLiteralEscapedQuoteString("''")
                .withIdentifierQuoteString("`")
                .withUnquotedCasing(Casing.UNCHANGED)
                .withQuotedCasing(Casing.UNCHANGED));
    }

    /** Keeps all characters; Calcite's own would write those past ASCII as escapes. */
    @Override
    public void quoteStringLiteral(StringBuilder buffer, @Nullable String charsetName, String value) {
        if (charsetName != null) {
            buffer.append('_').append(charsetName);
        }
        buffer.append('\'').append(value.replace("'", "''")).append('\'');
    }

    /** Table hints, which are empty in most dialects and left out by default. */
    @Override
    public void unparseTableScanHints(SqlWriter writer, SqlNodeList hints, int leftPrec, int rightPrec) {
        writer.keyword("/*+");
        hints.unparse(writer, 0, 0);
        writer.keyword("*/");
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        switch (call.getKind()) {
            case DOT -> fieldAccess(writer, call);
            case SET_SEMANTICS_TABLE -> setSemanticsTable(writer, call);
            case BETWEEN, IN, NOT_IN, LIKE, SIMILAR -> predicate(writer, call, leftPrec, rightPrec);
            default -> super.unparseCall(writer, call, leftPrec, rightPrec);
        }
    }

    /** Sets brackets around a predicate that is an operand of another: their precedences do not tell them apart. */
    private void predicate(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        int bound = SqlStdOperatorTable.IS_NULL.getLeftPrec();
        if (leftPrec < bound && rightPrec < bound) {
            super.unparseCall(writer, call, leftPrec, rightPrec);
            return;
        }
        SqlWriter.Frame frame = writer.startList("(", ")");
        super.unparseCall(writer, call, 0, 0);
        writer.endList(frame);
    }

    /** {@code (row).field}: without its brackets a name on the left would melt into one longer name. */
    private static void fieldAccess(SqlWriter writer, SqlCall call) {
        SqlNode row = call.operand(0);
        if (row instanceof SqlIdentifier) {
            SqlWriter.Frame frame = writer.startList("(", ")");
            row.unparse(writer, 0, 0);
            writer.endList(frame);
        } else {
            row.unparse(
                    writer, call.getOperator().getLeftPrec(), call.getOperator().getLeftPrec());
        }
        writer.setNeedWhitespace(false);
        writer.print(".");
        writer.setNeedWhitespace(false);
        call.operand(1).unparse(writer, 0, 0);
    }

    /** {@code TABLE t PARTITION BY (a, b) ORDER BY c}, with brackets that keep two columns one argument. */
    private static void setSemanticsTable(SqlWriter writer, SqlCall call) {
        call.operand(0).unparse(writer, 0, 0);
        columns(writer, "PARTITION BY", call.operand(1));
        columns(writer, "ORDER BY", call.operand(2));
    }

    private static void columns(SqlWriter writer, String words, SqlNodeList columns) {
        if (columns.isEmpty()) {
            return;
        }
        writer.sep(words);
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode column : columns) {
            writer.sep(",");
            column.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }
}
