package io.sabot.planner.plan;

/** Which rows a join puts out. */
public enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    /** Left rows with a match, once. */
    SEMI,
    /** Left rows without a match. */
    ANTI,
    /** Every left row, and behind it a BOOLEAN that says whether it has a match. */
    MARK;

    /** Whether rows of both sides are put out together. */
    public boolean isPairing() {
        return this != SEMI && this != ANTI && this != MARK;
    }

    /** Whether left rows without a match are put out with NULLs. */
    public boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    /** Whether right rows without a match are put out with NULLs. */
    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }
}
