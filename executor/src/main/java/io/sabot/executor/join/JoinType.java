package io.sabot.executor.join;

/** Which rows a join puts out. */
public enum JoinType {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    /** Left rows with a match, once. */
    SEMI,
    /** Left rows without a match. */
    ANTI,
    /** Every left row, and behind it whether it has a match. */
    MARK;

    /** Whether pairs leave, instead of left rows alone. */
    boolean emitsPairs() {
        return this != SEMI && this != ANTI && this != MARK;
    }

    /** Whether it matters how many matches a row of a side has. */
    boolean countsMatches(int side) {
        return switch (this) {
            case INNER -> false;
            case LEFT, SEMI, ANTI, MARK -> side == 0;
            case RIGHT -> side == 1;
            case FULL -> true;
        };
    }
}
