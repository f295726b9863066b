package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** CAST and TRY_CAST. */
final class CastRules {
    private CastRules() {}

    static void declare(Functions functions) {
        functions.declare("CAST", CastRules::cast);
    }

    private static @Nullable Node cast(RexCall call, Compilation c) {
        DataType type = RexTypes.of(call.getType());
        return Coercion.convert(c.compile(call.getOperands().get(0)), type, c);
    }
}
