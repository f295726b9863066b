package io.sabot.executor.rank;

/** How rows in an order are numbered. */
public enum RankFunction {
    /** 1, 2, 3, 4. */
    ROW_NUMBER,
    /** Equal rows share a number, the next one counts them all: 1, 2, 2, 4. */
    RANK,
    /** Equal rows share a number, the next one is one more: 1, 2, 2, 3. */
    DENSE_RANK;

    /**
     * The rank of the next row.
     *
     * @param rank of the row before; 0 for the first row
     * @param rowsBefore number of rows before
     * @param isEqual whether it is equal in order to the row before
     */
    long next(long rank, long rowsBefore, boolean isEqual) {
        return switch (this) {
            case ROW_NUMBER -> rowsBefore + 1;
            case RANK -> isEqual ? rank : rowsBefore + 1;
            case DENSE_RANK -> isEqual ? rank : rank + 1;
        };
    }
}
