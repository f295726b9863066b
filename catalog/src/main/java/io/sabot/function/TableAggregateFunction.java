package io.sabot.function;

/** Gives several rows for many rows. Known in order to be refused by name. */
public abstract class TableAggregateFunction<T, ACC> extends ImperativeAggregateFunction<T, ACC> {}
