package io.sabot.executor.over;

/** How places in a partition are told. */
public enum RankingFunction {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    /** Rank less one, as a part of the other rows. */
    PERCENT_RANK,
    /** Rows up to this one and its equals, as a part of all. */
    CUME_DIST,
    /** Number of one of several buckets of equal size. */
    NTILE
}
