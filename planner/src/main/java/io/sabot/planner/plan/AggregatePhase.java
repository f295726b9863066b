package io.sabot.planner.plan;

/** Which part of an aggregation a node does. */
public enum AggregatePhase {
    /** The whole. */
    SINGLE,
    /** Before the exchange: rows to accumulators. */
    LOCAL,
    /** Behind the exchange: accumulators to results. */
    GLOBAL
}
