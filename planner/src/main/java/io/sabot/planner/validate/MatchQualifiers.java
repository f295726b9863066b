package io.sabot.planner.validate;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Says in DEFINE from which row PREV and NEXT count: for a column that stands alone that is the row that is tested, for one of
 * another variable the last row that it took. The validator would count the rows of the match instead of those of the partition.
 */
final class MatchQualifiers extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlMatchRecognize match)) {
            return visited;
        }
        SqlNodeList definitions = match.getPatternDefList();
        List<SqlNode> qualified = new ArrayList<>();
        for (SqlNode definition : definitions) {
            qualified.add(definition instanceof SqlCall as && as.getKind() == SqlKind.AS ? qualified(as) : definition);
        }
        if (qualified.equals(definitions.getList())) {
            return match;
        }
        List<SqlNode> operands = new ArrayList<>(match.getOperandList());
        operands.set(operands.indexOf(definitions), new SqlNodeList(qualified, definitions.getParserPosition()));
        return match.getOperator().createCall(null, match.getParserPosition(), operands);
    }

    private static @Nullable SqlNode qualified(SqlCall definition) {
        return definition.accept(new Navigation(((SqlIdentifier) definition.operand(1)).getSimple()));
    }

    private static final class Navigation extends SqlShuttle {
        private final String variable;
        private boolean inside;

        Navigation(String variable) {
            this.variable = variable;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            boolean outside = inside;
            inside = switch (call.getKind()) {
                case PREV, NEXT -> true;
                case FIRST, LAST -> false; // of all rows of the match
                default -> inside;
            };
            SqlNode visited = super.visit(call);
            inside = outside;
            return visited;
        }

        @Override
        public SqlNode visit(SqlIdentifier identifier) {
            SqlParserPos position = identifier.getParserPosition();
            if (!inside || identifier.names.size() > 2) {
                return identifier;
            }
            if (identifier.isSimple()) {
                return new SqlIdentifier(List.of(variable, identifier.getSimple()), position);
            }
            return identifier.names.get(0).equals(variable)
                    ? identifier
                    : SqlStdOperatorTable.LAST.createCall(
                            position, identifier, SqlLiteral.createExactNumeric("0", position));
        }
    }
}
