package io.sabot.executor.batch;

/** Rows of a batch, by index, ascending and without repetition unless a caller says otherwise. Not changed once made. */
public final class Selection {
    private final int[] indices;
    private final int count;

    /**
     * Takes the array as it is.
     *
     * @param indices at least {@code count} long; the rest has no meaning
     */
    public Selection(int[] indices, int count) {
        this.indices = indices;
        this.count = count;
    }

    /** Every row of a batch. */
    public static Selection all(int rowCount) {
        int[] indices = new int[rowCount];
        for (int i = 0; i < rowCount; i++) {
            indices[i] = i;
        }
        return new Selection(indices, rowCount);
    }

    /** The indices; only the first {@link #count} mean anything. Read-only. */
    public int[] indices() {
        return indices;
    }

    /** Number of rows selected. */
    public int count() {
        return count;
    }

    /** Whether no row is selected. */
    public boolean isEmpty() {
        return count == 0;
    }
}
