package io.sabot.executor.aggregate;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.DataType;
import java.util.List;

/**
 * One aggregate that an operator computes.
 *
 * @param distinct whether equal arguments count once
 * @param arguments columns of the input; empty for {@code COUNT(*)}. Ignored in a global phase
 * @param argumentTypes their types; a type that is NOT NULL saves a counter
 * @param filter BOOLEAN column that must be true for a row to count; -1 when all do. Ignored in a global phase
 * @param keepNulls whether NULLs go into a list, too
 * @param resultType type of the result column
 */
public record AggregateSpec(
        AggregateFunction function,
        boolean distinct,
        List<Integer> arguments,
        List<DataType> argumentTypes,
        int filter,
        boolean keepNulls,
        DataType resultType) {
    /** An aggregate that passes over NULLs. */
    public AggregateSpec(
            AggregateFunction function,
            boolean distinct,
            List<Integer> arguments,
            List<DataType> argumentTypes,
            int filter,
            DataType resultType) {
        this(function, distinct, arguments, argumentTypes, filter, false, resultType);
    }

    public AggregateSpec {
        arguments = List.copyOf(arguments);
        argumentTypes = List.copyOf(argumentTypes);
        if (arguments.size() != argumentTypes.size()) {
            throw new IllegalArgumentException("arguments and their types differ in number");
        }
    }

    /** An aggregate of all rows, without DISTINCT and FILTER. */
    public static AggregateSpec of(
            AggregateFunction function, List<Integer> arguments, List<DataType> argumentTypes, DataType resultType) {
        return new AggregateSpec(function, false, arguments, argumentTypes, -1, resultType);
    }

    /** Whether values are kept beside the records: such an aggregate cannot be merged, so windows share no panes. */
    public boolean needsValues(boolean retracting) {
        boolean extreme = function == AggregateFunction.MIN
                || function == AggregateFunction.MAX
                || function == AggregateFunction.SINGLE_VALUE;
        return extreme ? retracting : distinct;
    }

    /** Columns in which a local phase hands this aggregate on: as {@code AggregateCall.accumulators} of the plan says. */
    int partialColumns() {
        return switch (function) {
            case COUNT, MIN, MAX -> 1;
            case SUM, SUM0, AVG -> 2;
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> 3;
            case FIRST_VALUE,
                    LAST_VALUE,
                    SINGLE_VALUE,
                    LISTAGG,
                    ARRAY_AGG,
                    COLLECT,
                    PERCENTILE,
                    JSON_ARRAYAGG,
                    JSON_OBJECTAGG -> throw new IllegalStateException(function + " is not split into phases");
        };
    }
}
