package io.sabot.planner.plan;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.function.JavaAggregate;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of a query.
 *
 * @param arguments columns of the input; empty for {@code COUNT(*)}. In a global phase still those of the local input
 * @param argumentTypes their types, in the same order
 * @param filter BOOLEAN column that must be true for a row to count; -1 when all do
 * @param keepNulls whether NULLs go into a list, too
 * @param type type of the result
 * @param java what computes {@link AggregateFunction#USER}; null for other functions
 */
public record AggregateCall(
        AggregateFunction function,
        boolean distinct,
        List<Integer> arguments,
        List<DataType> argumentTypes,
        int filter,
        boolean keepNulls,
        DataType type,
        String name,
        @Nullable JavaAggregate java) {
    /** A call of a function of the dialect. */
    public AggregateCall(
            AggregateFunction function,
            boolean distinct,
            List<Integer> arguments,
            List<DataType> argumentTypes,
            int filter,
            boolean keepNulls,
            DataType type,
            String name) {
        this(function, distinct, arguments, argumentTypes, filter, keepNulls, type, name, null);
    }

    public AggregateCall {
        arguments = List.copyOf(arguments);
        argumentTypes = List.copyOf(argumentTypes);
    }

    /**
     * Types of the columns in which a local phase hands this aggregate to the global one: a count for COUNT; sum and
     * count for SUM and AVG; the value for MIN and MAX; sum, sum of squares and count for deviations; the accumulator as bytes
     * for functions of users.
     */
    public List<DataType> accumulators() {
        AtomicType count = AtomicType.BIGINT.withNullable(false);
        return switch (function) {
            case COUNT -> List.of(count);
            case SUM, SUM0, AVG -> List.of(sumType(), count);
            case MIN, MAX -> List.of(type.withNullable(true));
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                List.of(AtomicType.DOUBLE.withNullable(false), AtomicType.DOUBLE.withNullable(false), count);
            case USER -> List.of(AtomicType.of(TypeKind.VARBINARY, Integer.MAX_VALUE));
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

    /** The function's name for people. */
    public String functionName() {
        return java == null ? function.name() : java.name();
    }

    /** Type in which a sum is kept: BIGINT for whole numbers, DOUBLE for floating ones, DECIMAL(38, s) for decimals. */
    public DataType sumType() {
        AtomicType argument = (AtomicType) argumentTypes.get(0);
        if (argument.kind() == TypeKind.DECIMAL) {
            return AtomicType.decimal(38, argument.scale()).withNullable(false);
        }
        boolean floating = argument.kind() == TypeKind.FLOAT || argument.kind() == TypeKind.DOUBLE;
        return (floating ? AtomicType.DOUBLE : AtomicType.BIGINT).withNullable(false);
    }
}
