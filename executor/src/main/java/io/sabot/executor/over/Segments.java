package io.sabot.executor.over;

import java.util.Arrays;

/** Rows of some whole partitions, one behind the other and in order: where partitions and rows of equal order end. */
final class Segments {
    private int count;
    private int[] firsts = new int[256];
    private int[] peerFirsts = new int[256];
    private int[] ends = new int[256];
    private int[] peerEnds = new int[256];

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /**
     * Adds a row.
     *
     * @param isPeer whether it is equal in order to the row before
     */
    void add(boolean isFirst, boolean isPeer) {
        if (count == firsts.length) {
            firsts = Arrays.copyOf(firsts, count * 2);
            peerFirsts = Arrays.copyOf(peerFirsts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            peerEnds = Arrays.copyOf(peerEnds, count * 2);
        }
        firsts[count] = isFirst ? count : firsts[count - 1];
        peerFirsts[count] = isPeer && !isFirst ? peerFirsts[count - 1] : count;
        count++;
    }

    /** After the last row: finds the ends. */
    void finish() {
        for (int row = count - 1; row >= 0; row--) {
            boolean isLast = row == count - 1;
            ends[row] = isLast || firsts[row + 1] == row + 1 ? row + 1 : ends[row + 1];
            peerEnds[row] = isLast || peerFirsts[row + 1] == row + 1 ? row + 1 : peerEnds[row + 1];
        }
    }

    /** First row of the partition of a row. */
    int first(int row) {
        return firsts[row];
    }

    /** Behind the last row of the partition of a row. */
    int end(int row) {
        return ends[row];
    }

    /** First of the rows equal in order to a row. */
    int peerFirst(int row) {
        return peerFirsts[row];
    }

    /** Behind the last of the rows equal in order to a row. */
    int peerEnd(int row) {
        return peerEnds[row];
    }
}
