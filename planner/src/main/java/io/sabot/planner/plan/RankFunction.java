package io.sabot.planner.plan;

/** How rows in an order are numbered. */
public enum RankFunction {
    /** 1, 2, 3, 4. */
    ROW_NUMBER,
    /** Equal rows share a number, the next one counts them all: 1, 2, 2, 4. */
    RANK,
    /** Equal rows share a number, the next one is one more: 1, 2, 2, 3. */
    DENSE_RANK
}
