package io.sabot.planner.function;

import io.sabot.catalog.function.JavaAggregate;
import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.planner.plan.JavaAggregateOperator;
import io.sabot.planner.plan.JavaOperator;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;

/**
 * What is said about a function of a user that a class computes.
 *
 * @param kind {@code scalar}, {@code table} or {@code aggregate}
 * @param syntax the ways to call it, with what they give
 */
public record UserFunctionText(String kind, List<String> syntax, boolean deterministic) {
    public UserFunctionText {
        syntax = List.copyOf(syntax);
    }

    static UserFunctionText of(SqlOperator operator) {
        if (operator instanceof JavaAggregateOperator aggregate) {
            JavaAggregate function = aggregate.function();
            return new UserFunctionText(
                    "aggregate", syntax(function.name(), function.signatures()), function.isDeterministic());
        }
        JavaFunction function = ((JavaOperator) operator).function();
        return new UserFunctionText(
                function.isTable() ? "table" : "scalar",
                syntax(function.name(), function.signatures()),
                function.isDeterministic());
    }

    private static List<String> syntax(String name, List<JavaFunction.Signature> signatures) {
        return signatures.stream().map(signature -> syntax(name, signature)).toList();
    }

    private static String syntax(String name, JavaFunction.Signature signature) {
        List<String> parameters =
                signature.parameters().stream().map(DataType::name).toList();
        String rest = signature.method().isVarArgs() ? ", …" : "";
        return name + "(" + String.join(", ", parameters) + rest + ") -> "
                + signature.result().name();
    }
}
