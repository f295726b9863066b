package io.sabot.catalog.function;

/** Functions that aggregate. */
public enum AggregateFunction {
    COUNT,
    /** NULL over no values. */
    SUM,
    /** 0 over no values. */
    SUM0,
    AVG,
    MIN,
    MAX,
    STDDEV_POP,
    STDDEV_SAMP,
    VAR_POP,
    VAR_SAMP,
    FIRST_VALUE,
    LAST_VALUE,
    /** The one value of a group; an error when there are several. */
    SINGLE_VALUE,
    LISTAGG,
    ARRAY_AGG,
    COLLECT,
    /** Number, fraction or array of fractions, perhaps a weight. */
    PERCENTILE,
    /** Over texts that are JSON. */
    JSON_ARRAYAGG,
    /** Over keys and texts that are JSON. */
    JSON_OBJECTAGG,
    /** A function of a user, see {@link JavaAggregate}. */
    USER;
}
