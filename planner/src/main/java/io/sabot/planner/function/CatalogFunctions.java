package io.sabot.planner.function;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.function.JavaAggregate;
import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.function.UserFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.plan.JavaAggregateOperator;
import io.sabot.planner.plan.JavaOperator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlOperator;

/** Functions of users that a class computes, as a session sees them. Those in SQL are written out before. Of one statement. */
public final class CatalogFunctions implements UserFunctions {
    private final CatalogReader catalog;
    private final Function<String, DataType> hints;
    private final Map<UserFunction, SqlOperator> operators = new HashMap<>();

    /** @param hints the type that a text says */
    public CatalogFunctions(CatalogReader catalog, Function<String, DataType> hints) {
        this.catalog = catalog;
        this.hints = hints;
    }

    @Override
    public Optional<SqlOperator> find(List<String> name) {
        return catalog.findFunction(name)
                .filter(function -> function.body() instanceof UserFunction.JavaClass)
                .map(function -> operators.computeIfAbsent(function, this::operator));
    }

    /**
     * Looks at the class of a function.
     *
     * @throws SabotException 42P16 if it cannot be one
     */
    public void check(UserFunction function) {
        if (function.body() instanceof UserFunction.JavaClass) {
            operator(function);
        }
    }

    /** What is to be said about a function that a class computes. */
    public UserFunctionText describe(UserFunction function) {
        return UserFunctionText.of(operator(function));
    }

    private SqlOperator operator(UserFunction function) {
        try {
            String name = function.name().name();
            Class<?> type = catalog.userClasses().load(name, (UserFunction.JavaClass) function.body());
            List<String> full = function.system()
                    ? List.of(name)
                    : List.of(function.name().catalog(), function.name().database(), name);
            return JavaAggregate.isAggregate(type)
                    ? new JavaAggregateOperator(new JavaAggregate(name, type, this::hint), full)
                    : JavaOperator.of(new JavaFunction(name, type, this::hint), full);
        } catch (CatalogException e) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, String.valueOf(e.getMessage()))
                    .why(e.why())
                    .hint(e.hint())
                    .causedBy(e);
        }
    }

    /** Places in the text of a hint mean nothing in the statement. */
    private DataType hint(String text) {
        try {
            return hints.apply(text);
        } catch (SabotException e) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, "'" + text + "' in a hint of a function is no type")
                    .why(e.what())
                    .causedBy(e);
        }
    }
}
