package io.sabot.executor.join;

/** Which rows of two multisets are in the result, given how often a row is in each. Counts may be negative for a while. */
public enum SetOperation {
    INTERSECT,
    INTERSECT_ALL,
    EXCEPT,
    EXCEPT_ALL;

    /** How often a row is in the result. */
    long result(long left, long right) {
        return switch (this) {
            case INTERSECT -> left > 0 && right > 0 ? 1 : 0;
            case INTERSECT_ALL -> Math.max(0, Math.min(left, right));
            case EXCEPT -> left > 0 && right <= 0 ? 1 : 0;
            case EXCEPT_ALL -> Math.max(0, left - Math.max(0, right));
        };
    }
}
