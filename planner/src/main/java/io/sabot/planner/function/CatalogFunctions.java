package io.sabot.planner.function;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.function.UserFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
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

    private SqlOperator operator(UserFunction function) {
        try {
            String name = function.name().name();
            Class<?> type = catalog.userClasses().load(name, (UserFunction.JavaClass) function.body());
            List<String> full = function.system()
                    ? List.of(name)
                    : List.of(function.name().catalog(), function.name().database(), name);
            return JavaOperator.of(new JavaFunction(name, type, hints), full);
        } catch (CatalogException e) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, String.valueOf(e.getMessage()))
                    .why(e.why())
                    .hint(e.hint())
                    .causedBy(e);
        }
    }
}
