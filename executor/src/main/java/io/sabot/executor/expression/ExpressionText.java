package io.sabot.executor.expression;

import io.sabot.catalog.type.Schema;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeName;

/** Expressions as users would write them, more or less, for error messages. */
final class ExpressionText {
    private final Schema input;

    ExpressionText(Schema input) {
        this.input = input;
    }

    /** The text of an expression over the input's columns. */
    String of(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return input.name(reference.getIndex());
        }
        if (node instanceof RexFieldAccess access) {
            return of(access.getReferenceExpr()) + "." + access.getField().getName();
        }
        if (node instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (!(node instanceof RexCall call)) {
            return node.toString();
        }
        String name = call.getOperator().getName();
        if (call.isA(SqlKind.CAST)) {
            return "CAST(" + of(call.getOperands().get(0)) + " AS "
                    + RexTypes.of(call.getType()).name() + ")";
        }
        if (call.getOperator().getSyntax() == SqlSyntax.BINARY) {
            return call.getOperands().stream().map(this::operand).collect(Collectors.joining(" " + name + " "));
        }
        return call.getOperands().stream().map(this::of).collect(Collectors.joining(", ", name + "(", ")"));
    }

    private String operand(RexNode node) {
        boolean binary = node instanceof RexCall call && call.getOperator().getSyntax() == SqlSyntax.BINARY;
        return binary ? "(" + of(node) + ")" : of(node);
    }

    private static String literal(RexLiteral literal) {
        if (literal.isNull()) {
            return "NULL";
        }
        if (literal.getTypeName() == SqlTypeName.CHAR) {
            return "'" + literal.getValueAs(String.class) + "'";
        }
        return String.valueOf(literal.getValue());
    }
}
