package io.sabot.executor.window;

import java.util.Arrays;

/**
 * Cuts rows of a batch into stretches: rows of one key, each at most the gap behind the one before it in time. Pure, reused
 * from batch to batch.
 */
final class SessionStretches implements Stretches {
    private final long gap;
    private int[] byGroup = new int[0];
    private int[] stretchOfRow = new int[0];
    private long[] starts = new long[16];
    private long[] ends = new long[16];
    private int[] firstRows = new int[16];
    private int count;

    SessionStretches(long gap) {
        this.gap = gap;
    }

    /**
     * Cuts rows {@code from} to {@code to - 1}.
     *
     * @param groups number of each row's key; below {@code to}
     */
    void cut(int[] groups, long[] times, int from, int to) {
        if (stretchOfRow.length < to) {
            stretchOfRow = new int[to];
            byGroup = new int[to];
        }
        count = 0;
        Integer[] order = null;
        int rows = to - from;
        boolean sorted = sortByGroup(groups, times, from, to);
        if (!sorted) {
            order = new Integer[rows];
            for (int i = 0; i < rows; i++) {
                order[i] = byGroup[i];
            }
            Arrays.sort(
                    order,
                    (a, b) -> groups[a] != groups[b]
                            ? Integer.compare(groups[a], groups[b])
                            : Long.compare(times[a], times[b]));
        }
        int before = -1;
        for (int i = 0; i < rows; i++) {
            int row = order == null ? byGroup[i] : order[i];
            boolean joins = before >= 0 && groups[before] == groups[row] && times[row] <= ends[count - 1];
            if (!joins) {
                begin(row, times[row]);
            }
            ends[count - 1] = times[row] + gap;
            stretchOfRow[row] = count - 1;
            before = row;
        }
    }

    private void begin(int row, long time) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            firstRows = Arrays.copyOf(firstRows, count * 2);
        }
        starts[count] = time;
        firstRows[count++] = row;
    }

    /** Lists rows by group, in order of arrival; whether times ascend within each group. */
    private boolean sortByGroup(int[] groups, long[] times, int from, int to) {
        int most = 0;
        for (int row = from; row < to; row++) {
            most = Math.max(most, groups[row]);
        }
        int[] at = new int[most + 2];
        for (int row = from; row < to; row++) {
            at[groups[row] + 1]++;
        }
        for (int g = 1; g < at.length; g++) {
            at[g] += at[g - 1];
        }
        for (int row = from; row < to; row++) {
            byGroup[at[groups[row]]++] = row;
        }
        boolean ascends = true;
        for (int i = 1; i < to - from; i++) {
            int a = byGroup[i - 1];
            int b = byGroup[i];
            ascends &= groups[a] != groups[b] || times[a] <= times[b];
        }
        return ascends;
    }

    @Override
    public int count() {
        return count;
    }

    long start(int stretch) {
        return starts[stretch];
    }

    long end(int stretch) {
        return ends[stretch];
    }

    /** A row of a stretch. */
    @Override
    public int firstRow(int stretch) {
        return firstRows[stretch];
    }

    @Override
    public int stretchOf(int row) {
        return stretchOfRow[row];
    }
}
