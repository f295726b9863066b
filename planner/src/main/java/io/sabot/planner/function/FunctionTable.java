package io.sabot.planner.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final SortedMap<String, FunctionDefinition> definitions = new TreeMap<>();

    private FunctionTable() {
        StandardOperators.OPERATORS.forEach(this::add);
        StandardOperators.INTERNAL.forEach(this::add);
        WindowFunctions.GROUP_FUNCTIONS.forEach(this::add);
        WindowFunctions.PROPERTIES.forEach(this::add);
        SabotFunctions.FAMILIES.forEach(family -> family.forEach(this::define));
    }

    private void define(FunctionDefinition function) {
        FunctionDefinition before = definitions.put(function.name(), function);
        assert before == null : function.name() + " is declared twice";
        add(function.operator());
    }

    private void add(SqlOperator operator) {
        byName.computeIfAbsent(key(operator.getName()), name -> new ArrayList<>(1))
                .add(operator);
    }

    /** Names of functions in capitals, sorted; without operators. */
    public Set<String> functionNames() {
        return Collections.unmodifiableSet(definitions.keySet());
    }

    /** All functions by name. */
    public Collection<FunctionDefinition> definitions() {
        return Collections.unmodifiableCollection(definitions.values());
    }

    /** The function of a name, capitals or not. */
    public Optional<FunctionDefinition> find(String name) {
        return Optional.ofNullable(definitions.get(key(name)));
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

    /** This table, and behind it the functions of users. */
    public SqlOperatorTable with(UserFunctions users) {
        return new SqlOperatorTable() {
            @Override
            public void lookupOperatorOverloads(
                    SqlIdentifier name,
                    @Nullable SqlFunctionCategory category,
                    SqlSyntax syntax,
                    List<SqlOperator> operators,
                    SqlNameMatcher matcher) {
                int before = operators.size();
                FunctionTable.this.lookupOperatorOverloads(name, category, syntax, operators, matcher);
                if (operators.size() == before && syntax.family == SqlSyntax.FUNCTION) {
                    users.find(name.names).ifPresent(operators::add);
                }
            }

            @Override
            public List<SqlOperator> getOperatorList() {
                return FunctionTable.this.getOperatorList();
            }
        };
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
