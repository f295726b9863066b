package io.sabot.executor.expression;

import org.jspecify.annotations.Nullable;

/** A {@link RowFunction} that sees NULL arguments, as null, and decides itself what they give. */
@FunctionalInterface
interface NullableRowFunction {
    /** The result for one row; null for NULL. */
    @Nullable
    Object apply(@Nullable Object[] arguments, EvaluationContext context);
}
