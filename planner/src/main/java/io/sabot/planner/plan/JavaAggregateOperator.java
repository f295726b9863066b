package io.sabot.planner.plan;

import io.sabot.catalog.function.JavaAggregate;
import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Optionality;

/** An aggregate function of a user that a class computes; the method is chosen by the types of the arguments. */
public final class JavaAggregateOperator extends SqlAggFunction {
    private final JavaAggregate function;

    /** The operator of a function; the validator finds it again by its full name. */
    public JavaAggregateOperator(JavaAggregate function, List<String> name) {
        super(
                name.get(name.size() - 1),
                new SqlIdentifier(name, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                binding -> CalciteTypes.toCalcite(
                        new JavaArguments(function.signatures())
                                .find(binding)
                                .orElseThrow()
                                .result(),
                        binding.getTypeFactory()),
                null,
                new JavaArguments(function.signatures()),
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        this.function = function;
    }

    /** What is called. */
    public JavaAggregate function() {
        return function;
    }

    @Override
    public boolean isDeterministic() {
        return function.isDeterministic();
    }
}
