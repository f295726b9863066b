package io.sabot.planner.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** Every operator and function that the validator may find, by name without regard to case. Immutable. */
public final class FunctionTable implements SqlOperatorTable {
    /** The one table: functions of users are not in it. */
    public static final FunctionTable INSTANCE = new FunctionTable();

    private final Map<String, List<SqlOperator>> byName = new HashMap<>();
    private final Set<String> functionNames = new TreeSet<>();

    private FunctionTable() {
        StandardFunctions.OPERATORS.forEach(this::add);
        StandardFunctions.SCALAR.forEach(this::addFunction);
        StandardFunctions.AGGREGATE.forEach(this::addFunction);
        SabotFunctions.ALL.forEach(this::addFunction);
        WindowFunctions.TABLE_FUNCTIONS.forEach(this::addFunction);
        WindowFunctions.GROUP_FUNCTIONS.forEach(this::add);
        WindowFunctions.PROPERTIES.forEach(this::add);
    }

    private void add(SqlOperator operator) {
        byName.computeIfAbsent(key(operator.getName()), name -> new ArrayList<>(1))
                .add(operator);
    }

    private void addFunction(SqlOperator operator) {
        add(operator);
        functionNames.add(key(operator.getName()));
    }

    /** Names of functions in capitals, sorted; without operators. */
    public Set<String> functionNames() {
        return Collections.unmodifiableSet(functionNames);
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operators,
            SqlNameMatcher matcher) {
        if (!name.isSimple()) {
            return;
        }
        for (SqlOperator operator : byName.getOrDefault(key(name.getSimple()), List.of())) {
            if (operator.getSyntax().family == syntax.family
                    || (isFunction(syntax) && isFunction(operator.getSyntax()))) {
                operators.add(operator);
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return byName.values().stream().flatMap(List::stream).toList();
    }

    /** Functions are called in several ways: {@code COUNT(*)}, {@code CURRENT_DATE}, {@code UPPER(s)}. */
    private static boolean isFunction(SqlSyntax syntax) {
        return syntax.family == SqlSyntax.FUNCTION
                || syntax == SqlSyntax.FUNCTION_STAR
                || syntax == SqlSyntax.FUNCTION_ID;
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
