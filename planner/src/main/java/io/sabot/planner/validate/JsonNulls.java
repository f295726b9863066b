package io.sabot.planner.validate;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Gives a bare NULL in {@code JSON_OBJECT('k' VALUE NULL)} and {@code JSON_ARRAY(NULL)} a type, as these take any. */
final class JsonNulls extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall json)) {
            return visited;
        }
        boolean object = json.getOperator().equals(SqlStdOperatorTable.JSON_OBJECT);
        if (!object && !json.getOperator().equals(SqlStdOperatorTable.JSON_ARRAY)) {
            return visited;
        }
        // the first operand says what to do with NULLs; keys stand in front of their values
        List<SqlNode> operands = new ArrayList<>(json.getOperandList());
        for (int i = object ? 2 : 1; i < operands.size(); i += object ? 2 : 1) {
            SqlNode value = operands.get(i);
            if (value != null && SqlUtil.isNullLiteral(value, false)) {
                operands.set(i, text(value));
            }
        }
        return operands.equals(json.getOperandList())
                ? json
                : json.getOperator().createCall(json.getFunctionQuantifier(), json.getParserPosition(), operands);
    }

    private static SqlNode text(SqlNode value) {
        SqlParserPos position = value.getParserPosition();
        SqlDataTypeSpec text = new SqlDataTypeSpec(
                new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, Integer.MAX_VALUE, position), position);
        return SqlStdOperatorTable.CAST.createCall(position, value, text);
    }
}
