package io.sabot.planner.explain;

import io.sabot.catalog.type.Identifiers;
import io.sabot.planner.plan.CalciteTypes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Writes expressions for people: names for columns, plain literals, no character sets. */
final class ExpressionText {
    /** Durations and dates, which need no brackets. */
    private static final Pattern LITERAL = Pattern.compile("-?\\d+ \\w+|[A-Z]+ '[^']*'");

    private final List<String> columns;

    ExpressionText(List<String> columns) {
        this.columns = columns;
    }

    String of(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return column(ref.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (node instanceof RexFieldAccess access) {
            return of(access.getReferenceExpr()) + "." + access.getField().getName();
        }
        return node instanceof RexCall call ? call(call) : node.toString();
    }

    String column(int index) {
        return index < columns.size() ? columns.get(index) : "$" + index;
    }

    private String call(RexCall call) {
        String name = call.getOperator().getName();
        List<String> operands = call.getOperands().stream().map(this::of).toList();
        if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
            return name + "(" + operands.get(0) + " AS "
                    + CalciteTypes.toCatalog(call.getType()).name() + ")";
        }
        if (call.getKind() == SqlKind.CASE) {
            return caseText(operands);
        }
        SqlSyntax syntax = call.getOperator().getSyntax();
        boolean isSum = call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS;
        if (call.getKind() == SqlKind.LIKE || syntax == SqlSyntax.BINARY || isSum) {
            return operands.stream()
                    .map(ExpressionText::inBrackets)
                    .collect(Collectors.joining(" " + symbol(call) + " "));
        }
        if (syntax == SqlSyntax.POSTFIX) {
            return inBrackets(operands.get(0)) + " " + name;
        }
        if (syntax == SqlSyntax.PREFIX) {
            return name + " " + inBrackets(operands.get(0));
        }
        return syntax == SqlSyntax.FUNCTION_ID
                ? name
                : name + operands.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    private static String symbol(RexCall call) {
        return switch (call.getKind()) {
            case PLUS -> "+";
            case MINUS -> "-";
            default -> call.getOperator().getName();
        };
    }

    private static String inBrackets(String operand) {
        boolean whole = !operand.contains(" ")
                || operand.startsWith("'")
                || LITERAL.matcher(operand).matches();
        return whole ? operand : "(" + operand + ")";
    }

    private static String caseText(List<String> operands) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            text.append(" WHEN ").append(operands.get(i)).append(" THEN ").append(operands.get(i + 1));
        }
        return text.append(" ELSE ")
                .append(operands.get(operands.size() - 1))
                .append(" END")
                .toString();
    }

    static String literal(RexLiteral literal) {
        if (literal.isNull()) {
            return "NULL";
        }
        SqlTypeName type = literal.getType().getSqlTypeName();
        if (SqlTypeName.DAY_INTERVAL_TYPES.contains(type)) {
            return Durations.text(Objects.requireNonNull(literal.getValueAs(Long.class)));
        }
        if (literal.getValue() instanceof NlsString text) {
            return Identifiers.literal(text.getValue());
        }
        if (literal.getValue() instanceof BigDecimal number) {
            return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type) ? number + " months" : number.toPlainString();
        }
        return switch (type) {
            case DATE -> "DATE '" + literal.getValueAs(DateString.class) + "'";
            case TIME -> "TIME '" + literal.getValueAs(TimeString.class) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + literal.getValueAs(TimestampString.class) + "'";
            default -> literal.toString();
        };
    }
}
