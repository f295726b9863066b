package io.sabot.function;

/**
 * Gives something for many rows: public methods named {@code accumulate} whose first parameter is the accumulator; perhaps {@code
 * retract} with the same parameters, and {@code merge(ACC, Iterable<ACC>)}.
 */
public abstract class ImperativeAggregateFunction<T, ACC> extends UserDefinedFunction {
    /** What rows are added to; empty. */
    public abstract ACC createAccumulator();
}
