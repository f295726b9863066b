package io.sabot.executor.rank;

/** Order by one column. */
public record SortColumn(int column, boolean descending, boolean nullsFirst) {}
