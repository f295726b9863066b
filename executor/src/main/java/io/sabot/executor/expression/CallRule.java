package io.sabot.executor.expression;

import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Knows how a call of one operator or function is computed. */
@FunctionalInterface
interface CallRule {
    /** The node of a call; null when the types of this call have no kernel, so that a generated loop computes it. */
    @Nullable
    Node compile(RexCall call, Compilation compilation);
}
