package io.sabot.function;

import org.jspecify.annotations.Nullable;

/** Gives one value for many rows. */
public abstract class AggregateFunction<T, ACC> extends ImperativeAggregateFunction<T, ACC> {
    /** The value of what has been accumulated; null for NULL. */
    public abstract @Nullable T getValue(ACC accumulator);
}
