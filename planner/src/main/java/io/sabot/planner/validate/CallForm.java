package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.function.FunctionTable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls where they mean nothing, before the validator stumbles over them: DESCRIPTOR in other places than windows,
 * functions of rows where a table must stand, keys of matches that are no columns, hints that cannot be read.
 */
final class CallForm extends SqlBasicVisitor<@Nullable Void> {
    private static final Set<String> GROUPINGS = Set.of("GROUPING", "GROUPING_ID", "GROUP_ID");
    private static final Set<String> DESCRIPTOR = Set.of("DESCRIPTOR");

    private static final Set<String> WINDOWS = Set.of("TUMBLE", "HOP", "CUMULATE", "SESSION", "TUMBLE_ROWS");

    /** The DESCRIPTORs that stand where one may. */
    private final Set<SqlNode> windowColumns = Collections.newSetFromMap(new IdentityHashMap<>());

    private CallForm() {}

    static void check(SqlNode query) {
        query.accept(new CallForm());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlHint hint) {
            HintForm.check(hint);
            return null;
        }
        if (call instanceof SqlMatchRecognize match) {
            MatchForm.check(match);
        }
        if (isNamed(call, WINDOWS)) {
            for (SqlNode operand : call.getOperandList()) {
                boolean named = operand != null && operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
                windowColumns.add(named ? ((SqlCall) operand).operand(0) : operand);
            }
        }
        if (call instanceof SqlOrderBy order) {
            checkCount(order.offset);
            checkCount(order.fetch);
        }
        if (call.getKind() == SqlKind.COLLECTION_TABLE) {
            checkTableFunction(call.operand(0));
        } else if (call.getKind() == SqlKind.VALUES) {
            call.accept(new ValuesForm());
        } else if (isNamed(call, DESCRIPTOR)) {
            checkDescriptor(call);
        }
        return super.visit(call);
    }

    private static void checkCount(@Nullable SqlNode count) {
        if (count != null && !(count instanceof SqlNumericLiteral) && !(count instanceof SqlDynamicParam)) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, "LIMIT and OFFSET take a number")
                    .at(SqlSpans.of(count));
        }
    }

    /** Names are looked up later, so that a call is known by its name alone. */
    private static boolean isNamed(SqlCall call, Set<String> names) {
        return names.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    private void checkDescriptor(SqlCall descriptor) {
        if (!windowColumns.contains(descriptor)) {
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
    private static void checkTableFunction(SqlNode source) {
        if (!(source instanceof SqlCall call) || call.getOperator() instanceof SqlTableFunction) {
            return;
        }
        boolean builtIn = call.getOperator() instanceof SqlFunction function
                && function.getNameAsId().isSimple()
                && FunctionTable.INSTANCE
                        .find(function.getName())
                        .filter(found -> !(found.operator() instanceof SqlTableFunction))
                        .isPresent();
        if (builtIn || isNamed(call, DESCRIPTOR)) {
            throw SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH, call.getOperator().getName() + " gives a value, not a table")
                    .at(SqlSpans.of(source))
                    .hint("call it in the select list, or write UNNEST(…) around an array");
        }
    }

    /** GROUPING has no meaning in rows of VALUES. */
    private static final class ValuesForm extends SqlBasicVisitor<@Nullable Void> {
        @Override
        public @Nullable Void visit(SqlCall call) {
            if (isNamed(call, GROUPINGS)) {
                throw SabotException.of(
                                ErrorCode.INVALID_DEFINITION,
                                call.getOperator().getName() + " stands only in a query with GROUP BY")
                        .at(SqlSpans.of(call));
            }
            return super.visit(call);
        }
    }
}
