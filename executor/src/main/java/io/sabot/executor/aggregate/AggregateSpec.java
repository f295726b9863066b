package io.sabot.executor.aggregate;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.function.JavaAggregate;
import io.sabot.catalog.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate that an operator computes.
 *
 * @param distinct whether equal arguments count once
 * @param arguments columns of the input; empty for {@code COUNT(*)}. Ignored in a global phase
 * @param argumentTypes their types; a type that is NOT NULL saves a counter
 * @param filter BOOLEAN column that must be true for a row to count; -1 when all do. Ignored in a global phase
 * @param keepNulls whether NULLs go into a list, too
 * @param resultType type of the result column
 * @param java what computes {@link AggregateFunction#USER}; null for other functions
 */
public record AggregateSpec(
        AggregateFunction function,
        boolean distinct,
        List<Integer> arguments,
        List<DataType> argumentTypes,
        int filter,
        boolean keepNulls,
        DataType resultType,
        @Nullable JavaAggregate java) {
    /** An aggregate that passes over NULLs. */
    public AggregateSpec(
            AggregateFunction function,
            boolean distinct,
            List<Integer> arguments,
            List<DataType> argumentTypes,
            int filter,
            DataType resultType) {
        this(function, distinct, arguments, argumentTypes, filter, false, resultType, null);
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

    /** The same over other columns. */
    public AggregateSpec over(List<Integer> newArguments, int newFilter) {
        return new AggregateSpec(
                function, distinct, newArguments, argumentTypes, newFilter, keepNulls, resultType, java);
    }

    /** The same over all rows, equal ones too. */
    public AggregateSpec withoutDistinct() {
        return new AggregateSpec(function, false, arguments, argumentTypes, filter, keepNulls, resultType, java);
    }

    /** Whether the aggregate cannot be merged, often for values beside the records: windows share no panes then. */
    public boolean needsValues(boolean retracting) {
        boolean extreme = function == AggregateFunction.MIN
                || function == AggregateFunction.MAX
                || function == AggregateFunction.SINGLE_VALUE;
        boolean merges = java == null || java.merge().isPresent();
        return extreme ? retracting : distinct || !merges;
    }

    /** Columns in which a local phase hands this aggregate on: as {@code AggregateCall.accumulators} of the plan says. */
    int partialColumns() {
        return switch (function) {
            case COUNT, MIN, MAX, USER -> 1;
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
