package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.function.WindowFunctions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what validation would stumble over or not look at: calls without arguments of functions that take any number of
 * them, and intervals that are none as arguments of table functions.
 */
final class ArgumentCheck extends SqlBasicVisitor<@Nullable Void> {
    private static final Set<String> NEEDING_ONE = Set.of("COALESCE", "GREATEST", "LEAST");

    /** Functions over tables, with the names of their arguments. */
    private static final Map<String, List<String>> WINDOWS = Map.of(
            "TUMBLE", WindowFunctions.TUMBLE.parameters(),
            "HOP", WindowFunctions.HOP.parameters(),
            "CUMULATE", WindowFunctions.CUMULATE.parameters(),
            "SESSION", WindowFunctions.SESSION.parameters(),
            "TUMBLE_ROWS", List.of("DATA", "SIZE"));

    private final RelDataTypeSystem types;

    private ArgumentCheck(RelDataTypeSystem types) {
        this.types = types;
    }

    static void check(SqlNode query, RelDataTypeSystem types) {
        query.accept(new ArgumentCheck(types));
    }

    @Override
    public @Nullable Void visit(SqlLiteral literal) {
        if (literal instanceof SqlIntervalLiteral && literal.getValue() instanceof IntervalValue interval) {
            interval.getIntervalQualifier()
                    .evaluateIntervalLiteral(interval.getIntervalLiteral(), literal.getParserPosition(), types);
        }
        return null;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        String name = call.getOperator().getName();
        if (call.operandCount() == 0 && NEEDING_ONE.contains(name)) {
            throw SabotException.of(ErrorCode.UNDEFINED_FUNCTION, "'" + name + "' needs an argument")
                    .at(SqlSpans.of(call))
                    .hint("write " + name + "(a, b, …)");
        }
        windowArguments(call, name.toUpperCase(Locale.ROOT));
        if (call.getKind() == SqlKind.COLLECTION_TABLE && call.operand(0) instanceof SqlCall function) {
            tableArguments(function, name(function));
        }
        ConstantArguments.check(call);
        return super.visit(call);
    }

    /** Names of arguments that the function does not have would be passed over. */
    private static void windowArguments(SqlCall call, String name) {
        List<String> parameters = WINDOWS.getOrDefault(name, List.of());
        for (SqlNode operand : call.getOperandList()) {
            if (operand != null
                    && operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT
                    && ((SqlCall) operand).operand(1) instanceof SqlIdentifier given
                    && !parameters.isEmpty()
                    && !parameters.contains(given.getSimple().toUpperCase(Locale.ROOT))) {
                throw SabotException.of(
                                ErrorCode.UNDEFINED_FUNCTION, name + " has no argument '" + given.getSimple() + "'")
                        .at(SqlSpans.of(given))
                        .why("its arguments are " + String.join(", ", parameters));
            }
        }
    }

    private static void tableArguments(SqlCall function, String name) {
        boolean takesTable = function.getOperandList().stream()
                .map(operand -> operand != null && operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT
                        ? ((SqlCall) operand).<SqlNode>operand(0)
                        : operand)
                .anyMatch(operand -> operand != null
                        && (operand.getKind() == SqlKind.EXPLICIT_TABLE
                                || operand.getKind() == SqlKind.SET_SEMANTICS_TABLE));
        if (takesTable && !WINDOWS.containsKey(name)) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "table function " + name + " over a table is not supported")
                    .at(SqlSpans.of(function))
                    .why("tables go to " + String.join(", ", new TreeSet<>(WINDOWS.keySet())));
        }
    }

    private static String name(SqlCall call) {
        return call.getOperator().getName().toUpperCase(Locale.ROOT);
    }
}
