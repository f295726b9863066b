package io.sabot.planner.form;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.function.FunctionTable;
import io.sabot.planner.function.WindowFunctions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Functions that stand in FROM: windows with the arguments that they have, DESCRIPTOR in windows alone, no functions of rows
 * where a table must stand. For the calls of one query, each before those in it.
 */
final class TableCalls {
    private static final String DESCRIPTOR = "DESCRIPTOR";

    /** Functions over tables, with the names of their arguments. */
    private static final Map<String, List<String>> WINDOWS = Map.of(
            "TUMBLE", WindowFunctions.TUMBLE.parameters(),
            "HOP", WindowFunctions.HOP.parameters(),
            "CUMULATE", WindowFunctions.CUMULATE.parameters(),
            "SESSION", WindowFunctions.SESSION.parameters(),
            "TUMBLE_ROWS", List.of("DATA", "SIZE"));

    /** Functions over tables that Flink has and Sabot has not, with what does the same. */
    private static final Map<String, String> OF_FLINK = Map.of(
            "TO_CHANGELOG",
            "write SELECT … EMIT CHANGES: its column op tells what each row does; formats of changes write them",
            "FROM_CHANGELOG",
            "read the table by a format of changes, such as 'format' = 'debezium-json'",
            "SNAPSHOT",
            "write JOIN t FOR SYSTEM_TIME AS OF l.time AS r, where l.time is PROCTIME() or event time",
            "ML_PREDICT",
            "call a function of your own: CREATE FUNCTION f AS 'class' USING JAR '…'",
            "VECTOR_SEARCH",
            "call a function of your own: CREATE FUNCTION f AS 'class' USING JAR '…'");

    /** What stands where DESCRIPTOR may. */
    private final Set<@Nullable SqlNode> windowArguments = Collections.newSetFromMap(new IdentityHashMap<>());

    void check(SqlCall call) {
        String name = FormCheck.name(call);
        List<String> parameters = WINDOWS.get(name);
        if (parameters != null) {
            window(call, name, parameters);
        } else if (call.getKind() == SqlKind.COLLECTION_TABLE) {
            if (call.operand(0) instanceof SqlCall function) {
                givesTable(function);
                takesTable(function);
            }
        } else if (name.equals(DESCRIPTOR)) {
            descriptor(call);
        }
    }

    /** Names of arguments that the function does not have would be passed over. */
    private void window(SqlCall call, String name, List<String> parameters) {
        for (SqlNode operand : call.getOperandList()) {
            windowArguments.add(value(operand));
            if (operand != null
                    && operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT
                    && ((SqlCall) operand).operand(1) instanceof SqlIdentifier given
                    && !parameters.contains(given.getSimple().toUpperCase(Locale.ROOT))) {
                throw SabotException.of(
                                ErrorCode.UNDEFINED_FUNCTION, name + " has no argument '" + given.getSimple() + "'")
                        .at(SqlSpans.of(given))
                        .why("its arguments are " + String.join(", ", parameters));
            }
        }
        if (call.operandCount() > parameters.size()) {
            throw SabotException.of(ErrorCode.UNDEFINED_FUNCTION, "wrong number of arguments for " + name)
                    .at(SqlSpans.of(call))
                    .why("its arguments are " + String.join(", ", parameters));
        }
    }

    private static @Nullable SqlNode value(@Nullable SqlNode argument) {
        return argument != null && argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT
                ? ((SqlCall) argument).operand(0)
                : argument;
    }

    private void descriptor(SqlCall descriptor) {
        if (!windowArguments.contains(descriptor)) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, "DESCRIPTOR stands only in a window function")
                    .at(SqlSpans.of(descriptor))
                    .hint("write TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)");
        }
        for (SqlNode column : descriptor.getOperandList()) {
            if (!(column instanceof SqlIdentifier name) || !name.isSimple()) {
                throw SabotException.of(ErrorCode.SYNTAX_ERROR, "DESCRIPTOR takes the name of a column")
                        .at(SqlSpans.of(column))
                        .hint("compute the column in a sub-query or view, and name it: DESCRIPTOR(ts)");
            }
        }
    }

    /** Functions of users are looked at when their class is known. */
    private static void givesTable(SqlCall call) {
        if (call.getOperator() instanceof SqlTableFunction) {
            return;
        }
        boolean builtIn = call.getOperator() instanceof SqlFunction function
                && function.getNameAsId().isSimple()
                && FunctionTable.INSTANCE
                        .find(function.getName())
                        .filter(found -> !(found.operator() instanceof SqlTableFunction))
                        .isPresent();
        if (builtIn || FormCheck.name(call).equals(DESCRIPTOR)) {
            throw SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH, call.getOperator().getName() + " gives a value, not a table")
                    .at(SqlSpans.of(call))
                    .hint("call it in the select list, or write UNNEST(…) around an array");
        }
    }

    private static void takesTable(SqlCall call) {
        String name = FormCheck.name(call);
        boolean takesTable = call.getOperandList().stream()
                .map(TableCalls::value)
                .anyMatch(operand -> operand != null
                        && (operand.getKind() == SqlKind.EXPLICIT_TABLE
                                || operand.getKind() == SqlKind.SET_SEMANTICS_TABLE));
        if (takesTable && !WINDOWS.containsKey(name)) {
            SabotException error = SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "table function " + name + " over a table is not supported")
                    .at(SqlSpans.of(call))
                    .why("tables go to " + String.join(", ", new TreeSet<>(WINDOWS.keySet())));
            String hint = OF_FLINK.get(name);
            throw hint == null ? error : error.hint(hint);
        }
    }
}
