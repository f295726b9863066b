package io.sabot.planner.form;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * The older windows of {@code GROUP BY TUMBLE(ts, …)}: one window a query, in every grouping set, and
 * {@code TUMBLE_START(ts, …)} only of a window that stands in a GROUP BY. For all calls of one query.
 */
final class GroupWindows {
    private static final List<String> NAMES = List.of("TUMBLE", "HOP", "SESSION");
    private static final List<String> PROPERTIES = List.of("_START", "_END", "_ROWTIME", "_PROCTIME");

    private static final Set<SqlKind> SETS = EnumSet.of(SqlKind.GROUPING_SETS, SqlKind.CUBE, SqlKind.ROLLUP);

    private final List<SqlCall> windows = new ArrayList<>();
    private final List<SqlCall> properties = new ArrayList<>();

    void add(SqlCall call) {
        if (call instanceof SqlSelect select && select.getGroup() != null) {
            group(select.getGroup());
        }
        if (call.getOperator() instanceof SqlFunction && call.operandCount() >= 2 && isProperty(call)) {
            properties.add(call);
        }
    }

    /** To be called when all of the query was added. */
    void checkProperties() {
        if (!windows.isEmpty()) {
            properties.forEach(this::checkProperty);
        }
    }

    private void group(SqlNodeList group) {
        List<SqlCall> here = new ArrayList<>();
        for (SqlNode item : group) {
            here.addAll(windowsOf(item));
            checkSets(item);
        }
        boolean sets = group.getList().stream().anyMatch(item -> SETS.contains(item.getKind()));
        if (sets && !here.isEmpty() && here.get(0).getKind() == SqlKind.SESSION) {
            throw refused("SESSION of GROUP BY with grouping sets is not supported", here.get(0))
                    .why("each set would have sessions of its own")
                    .hint(
                            "write SESSION(TABLE t PARTITION BY keys, DESCRIPTOR(ts), …), or UNION ALL of several queries");
        }
        for (SqlCall window : here) {
            if (window.operandCount() > (window.getKind() == SqlKind.HOP ? 3 : 2)) {
                throw refused("a window of GROUP BY that begins at another time is not supported", window)
                        .hint("write the table function with an offset: " + name(window)
                                + "(TABLE t, DESCRIPTOR(ts), …)");
            }
            if (!same(window, here.get(0))) {
                throw refused("GROUP BY takes one window", window)
                        .hint("group by one of them in a sub-query, or use window table functions");
            }
        }
        windows.addAll(here);
    }

    /** Rows of a grouping set without the window would come from no window. */
    private static void checkSets(SqlNode item) {
        if (item.getKind() == SqlKind.GROUPING_SETS) {
            List<SqlNode> sets = ((SqlCall) item).getOperandList();
            Optional<SqlNode> without =
                    sets.stream().filter(set -> windowsOf(set).isEmpty()).findFirst();
            if (without.isPresent() && !windowsOf(item).isEmpty()) {
                throw refused("a grouping set without the window of the others is not supported", without.get())
                        .hint("write the window outside of GROUPING SETS, or UNION ALL of two queries");
            }
        }
        if ((item.getKind() == SqlKind.CUBE || item.getKind() == SqlKind.ROLLUP)
                && !windowsOf(item).isEmpty()) {
            throw refused("a window inside of " + item.getKind() + " is not supported", item)
                    .hint("write the window in front: GROUP BY TUMBLE(ts, …), " + item.getKind() + " (…)");
        }
    }

    private static List<SqlCall> windowsOf(SqlNode node) {
        List<SqlCall> found = new ArrayList<>();
        node.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (isWindow(call)) {
                    found.add(call);
                    return null;
                }
                return super.visit(call);
            }
        });
        return found;
    }

    private static boolean isWindow(SqlCall call) {
        boolean kind =
                call.getKind() == SqlKind.TUMBLE || call.getKind() == SqlKind.HOP || call.getKind() == SqlKind.SESSION;
        return kind && call.operandCount() >= 2;
    }

    private static boolean isProperty(SqlCall call) {
        String name = name(call);
        return NAMES.stream()
                .anyMatch(window -> name.startsWith(window) && PROPERTIES.contains(name.substring(window.length())));
    }

    private void checkProperty(SqlCall property) {
        String name = name(property);
        boolean known = windows.stream()
                .anyMatch(window -> name.startsWith(name(window) + "_") && sameOperands(window, property));
        if (!known) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, name + " is of no window of GROUP BY")
                    .at(SqlSpans.of(property))
                    .why("the query groups by "
                            + windows.get(0).toString().replace("`", "").replace("$", ""))
                    .hint("write it with the same name and arguments");
        }
    }

    private static boolean same(SqlCall a, SqlCall b) {
        return name(a).equals(name(b)) && sameOperands(a, b);
    }

    private static boolean sameOperands(SqlCall a, SqlCall b) {
        if (a.operandCount() != b.operandCount()) {
            return false;
        }
        for (int i = 0; i < a.operandCount(); i++) {
            if (!sameOperand(a.operand(i), b.operand(i))) {
                return false;
            }
        }
        return true;
    }

    /** A column may be written with its table or without. */
    private static boolean sameOperand(SqlNode a, SqlNode b) {
        if (a instanceof SqlIdentifier x && b instanceof SqlIdentifier y) {
            return x.names.get(x.names.size() - 1).equals(y.names.get(y.names.size() - 1));
        }
        return a.equalsDeep(b, Litmus.IGNORE);
    }

    private static String name(SqlCall call) {
        return FormCheck.name(call).replace("$", "");
    }

    private static SabotException refused(String what, SqlNode node) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what).at(SqlSpans.of(node));
    }
}
