package io.sabot.planner.form;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.type.SabotTypeSystem;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Walks through a query or type once, and shows each node to the classes that know what is wrong about its kind. */
public final class FormCheck extends SqlBasicVisitor<@Nullable Void> {
    private static final RelDataTypeSystem TYPES = new SabotTypeSystem();
    private static final Set<String> GROUPINGS = Set.of("GROUPING", "GROUPING_ID", "GROUP_ID");
    private static final Set<String> NEEDING_ONE = Set.of("COALESCE", "GREATEST", "LEAST");

    private final TableCalls tables = new TableCalls();
    private final GroupWindows windows = new GroupWindows();
    private boolean inValues;

    private FormCheck() {}

    /**
     * Refuses what must not reach the validator.
     *
     * @throws org.apache.calcite.runtime.CalciteContextException for intervals out of range, in the validator's words
     */
    public static void check(SqlNode query) {
        FormCheck check = new FormCheck();
        query.accept(check);
        check.windows.checkProperties();
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlHint hint) {
            HintForm.check(hint);
            return null;
        }
        Unsupported.check(call);
        checkGroupings(call);
        checkNumber(call);
        if (call instanceof SqlOrderBy order) {
            checkCount(order.offset);
            checkCount(order.fetch);
        }
        if (call instanceof SqlMatchRecognize match) {
            MatchForm.check(match);
        }
        tables.check(call);
        windows.add(call);
        ConstantArguments.check(call);
        return children(call);
    }

    private @Nullable Void children(SqlCall call) {
        boolean outside = inValues;
        inValues = call.getKind() == SqlKind.VALUES || inValues && call.getKind() != SqlKind.SELECT;
        super.visit(call);
        inValues = outside;
        return null;
    }

    /** GROUPING has no meaning in rows of VALUES. */
    private void checkGroupings(SqlCall call) {
        if (inValues && GROUPINGS.contains(name(call))) {
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            call.getOperator().getName() + " stands only in a query with GROUP BY")
                    .at(SqlSpans.of(call));
        }
    }

    /** The validator takes these without arguments, as they take any number. */
    private static void checkNumber(SqlCall call) {
        String name = name(call);
        if (call.operandCount() == 0 && NEEDING_ONE.contains(name)) {
            throw SabotException.of(ErrorCode.UNDEFINED_FUNCTION, "'" + name + "' needs an argument")
                    .at(SqlSpans.of(call))
                    .hint("write " + name + "(a, b, …)");
        }
    }

    private static void checkCount(@Nullable SqlNode count) {
        if (count != null && !(count instanceof SqlNumericLiteral) && !(count instanceof SqlDynamicParam)) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, "LIMIT and OFFSET take a number")
                    .at(SqlSpans.of(count));
        }
    }

    @Override
    public @Nullable Void visit(SqlLiteral literal) {
        if (literal instanceof SqlUnknownLiteral unknown && unknown.tag.endsWith("WITH TIME ZONE")) {
            throw TypeForm.zoned(literal);
        }
        if (literal instanceof SqlIntervalLiteral && literal.getValue() instanceof IntervalValue interval) {
            interval.getIntervalQualifier()
                    .evaluateIntervalLiteral(interval.getIntervalLiteral(), literal.getParserPosition(), TYPES);
        }
        return null;
    }

    @Override
    public @Nullable Void visit(SqlDataTypeSpec type) {
        TypeForm.check(type);
        return null;
    }

    /** Names are looked up later, so that a call is known by its name alone. */
    static String name(SqlCall call) {
        return call.getOperator().getName().toUpperCase(Locale.ROOT);
    }
}
