package io.sabot.catalog.function;

/** Functions that aggregate. */
public enum AggregateFunction {
    COUNT(Order.NEVER),
    /** NULL over no values. */
    SUM(Order.IN_LAST_DIGITS),
    /** 0 over no values. */
    SUM0(Order.IN_LAST_DIGITS),
    AVG(Order.IN_LAST_DIGITS),
    MIN(Order.NEVER),
    MAX(Order.NEVER),
    STDDEV_POP(Order.IN_LAST_DIGITS),
    STDDEV_SAMP(Order.IN_LAST_DIGITS),
    VAR_POP(Order.IN_LAST_DIGITS),
    VAR_SAMP(Order.IN_LAST_DIGITS),
    FIRST_VALUE(Order.ALWAYS),
    LAST_VALUE(Order.ALWAYS),
    /** The one value of a group; an error when there are several. */
    SINGLE_VALUE(Order.NEVER),
    LISTAGG(Order.ALWAYS),
    ARRAY_AGG(Order.ALWAYS),
    COLLECT(Order.NEVER),
    /** Number, fraction or array of fractions, perhaps a weight. */
    PERCENTILE(Order.NEVER),
    /** Over texts that are JSON. */
    JSON_ARRAYAGG(Order.ALWAYS),
    /** Over keys and texts that are JSON. */
    JSON_OBJECTAGG(Order.ALWAYS),
    /** A function of a user, see {@link JavaAggregate}; nobody knows what it does with the order. */
    USER(Order.NEVER);

    /** Whether the result shows in which order the values came. */
    private enum Order {
        NEVER,
        /** Where floating numbers are added up. */
        IN_LAST_DIGITS,
        ALWAYS
    }

    private final Order order;

    AggregateFunction(Order order) {
        this.order = order;
    }

    /** Whether the same values in another order give another result. */
    public boolean readsInOrder() {
        return order == Order.ALWAYS;
    }

    /** Whether it adds up: of floating numbers the last digits tell in which order. */
    public boolean addsUp() {
        return order == Order.IN_LAST_DIGITS;
    }
}
