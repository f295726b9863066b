package io.sabot.executor.expression;

import java.nio.charset.StandardCharsets;
import org.apache.calcite.rex.RexCall;

/** TYPEOF: what is known when the expression is compiled. */
final class TypeRules {
    private TypeRules() {}

    static void declare(Functions functions) {
        functions.declare("TYPEOF", TypeRules::typeOf);
    }

    private static Node typeOf(RexCall call, Compilation c) {
        String type = RexTypes.of(call.getOperands().get(0).getType()).sql();
        return ConstantNode.ofText(RexTypes.of(call.getType()), type.getBytes(StandardCharsets.UTF_8), c.constants());
    }
}
