package io.sabot.executor.expression;

import org.jspecify.annotations.Nullable;

/**
 * A function of single values, for the many whose cost lies in what they do with one text. Values are as {@link Boxes}
 * makes them; a result is of the class that belongs to the result type (any {@code Number} for a number but DECIMAL).
 */
@FunctionalInterface
interface RowFunction {
    /** The result for one row; null for NULL. Arguments are not null, unless declared otherwise. */
    @Nullable
    Object apply(Object[] arguments, EvaluationContext context);
}
