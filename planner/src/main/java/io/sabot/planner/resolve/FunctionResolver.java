package io.sabot.planner.resolve;

import io.sabot.catalog.function.UserFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateFunction;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.validate.SqlFrontend;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** Checks a CREATE FUNCTION whose body is SQL. */
public final class FunctionResolver {
    private FunctionResolver() {}

    /** The body with its types. */
    public static UserFunction.SqlExpression resolve(String name, CreateFunction.SqlBody body, SqlFrontend frontend) {
        List<Field> parameters = new ArrayList<>();
        for (CreateFunction.Parameter parameter : body.parameters()) {
            parameters.add(
                    new Field(parameter.name().value(), CalciteTypes.toCatalog(frontend.type(parameter.type()))));
        }
        DataType result = CalciteTypes.toCatalog(frontend.type(body.result()));
        SqlNode expression =
                SqlParser.parseExpression("CAST((" + body.text().value() + "\n) AS " + result.name() + ")");
        try {
            frontend.expressions(
                    CalciteTypes.toCalcite(new Schema(parameters), frontend.typeFactory()), List.of(expression));
        } catch (SabotException e) {
            throw SabotException.of(e.code(), "in the body of function '" + name + "': " + e.what())
                    .at(body.text().span())
                    .why(e.why().orElse(""))
                    .hint(e.hint().orElse(""))
                    .causedBy(e);
        }
        return new UserFunction.SqlExpression(parameters, result, body.text().value());
    }
}
