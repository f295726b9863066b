package io.sabot.executor.window;

/** Rows of a batch in stretches: rows of one key that go to the same window. */
interface Stretches {
    /** Number of stretches. */
    int count();

    /** A row of a stretch. */
    int firstRow(int stretch);

    /** The stretch of a row. */
    int stretchOf(int row);
}
