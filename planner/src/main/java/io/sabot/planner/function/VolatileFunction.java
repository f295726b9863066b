package io.sabot.planner.function;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** A function without arguments whose value differs from call to call, or, a clock, from statement to statement. */
final class VolatileFunction extends SqlFunction {
    private final SqlSyntax syntax;
    private final boolean clock;

    VolatileFunction(String name, SqlReturnTypeInference result, SqlSyntax syntax, boolean clock) {
        super(name, SqlKind.OTHER_FUNCTION, result, null, OperandTypes.NILADIC, SqlFunctionCategory.TIMEDATE);
        this.syntax = syntax;
        this.clock = clock;
    }

    @Override
    public SqlSyntax getSyntax() {
        return syntax;
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }

    @Override
    public boolean isDynamicFunction() {
        return clock;
    }
}
