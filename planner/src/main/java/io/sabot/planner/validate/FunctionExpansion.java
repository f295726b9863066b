package io.sabot.planner.validate;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.function.UserFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Writes functions of users that are SQL expressions out in the place of their calls. */
final class FunctionExpansion extends SqlShuttle {
    private static final int MAX_DEPTH = 50;

    private final CatalogReader catalog;
    private final int depth;

    FunctionExpansion(CatalogReader catalog) {
        this(catalog, 0);
    }

    private FunctionExpansion(CatalogReader catalog, int depth) {
        this.catalog = catalog;
        this.depth = depth;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall with) || !(with.getOperator() instanceof SqlFunction function)) {
            return visited;
        }
        SqlIdentifier name = function.getNameAsId();
        Optional<UserFunction> found = catalog.findFunction(name.names);
        return found.isPresent() && found.get().body() instanceof UserFunction.SqlExpression body
                ? expanded(with, name, body)
                : visited;
    }

    private SqlNode expanded(SqlCall call, SqlIdentifier name, UserFunction.SqlExpression body) {
        if (call.operandCount() != body.parameters().size()) {
            throw SabotException.of(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "function '" + name + "' takes " + body.parameters().size() + " arguments")
                    .at(SqlSpans.of(call));
        }
        if (depth == MAX_DEPTH) {
            throw SabotException.of(ErrorCode.TOO_MANY, "function '" + name + "' calls itself, or is nested too deeply")
                    .at(SqlSpans.of(call));
        }
        SqlParserPos place = call.getParserPosition();
        Map<String, SqlNode> arguments = new HashMap<>();
        for (int i = 0; i < body.parameters().size(); i++) {
            arguments.put(
                    body.parameters().get(i).name(),
                    cast(call.operand(i), body.parameters().get(i).type(), place));
        }
        SqlNode inner = SqlParser.parseExpression(body.sql()).accept(new FunctionExpansion(catalog, depth + 1));
        return cast(Objects.requireNonNull(inner).accept(new Substitution(arguments, place)), body.result(), place);
    }

    private static SqlNode cast(@Nullable SqlNode value, DataType type, SqlParserPos place) {
        SqlNode cast = SqlParser.parseExpression("CAST(`$value` AS " + type.name() + ")");
        Map<String, SqlNode> values = Map.of("$value", Objects.requireNonNull(value));
        return Objects.requireNonNull(cast.accept(new Substitution(values, place)));
    }

    /** Puts values in the place of names, and calls of the function's text in the place of the function's own call. */
    private static final class Substitution extends SqlShuttle {
        private final Map<String, SqlNode> values;
        private final SqlParserPos place;

        Substitution(Map<String, SqlNode> values, SqlParserPos place) {
            this.values = values;
            this.place = place;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            SqlNode visited = super.visit(call);
            return visited == null ? null : visited.clone(place);
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier identifier) {
            SqlNode value = identifier.isSimple() ? values.get(identifier.getSimple()) : null;
            return value == null ? super.visit(identifier) : value;
        }
    }
}
