package io.sabot.executor.aggregate;

import java.util.Arrays;

/**
 * The rows of a run gathered by the record that each goes to, in order of arrival: for accumulators that are opened and
 * closed as a whole, such as lists or objects. Reused from run to run.
 */
final class RowsByRecord {
    private long[] records = new long[64];
    private int[] first = new int[64];
    private int[] last = new int[64];
    private int[] next = new int[64];
    private int[] index = new int[256];
    private int count;

    /** Gathers a run; positions in the run stand for its rows. */
    void gather(Run run) {
        int rows = run.count();
        if (next.length < rows) {
            records = new long[rows];
            first = new int[rows];
            last = new int[rows];
            next = new int[rows];
            index = new int[Integer.highestOneBit(rows) * 4];
        }
        Arrays.fill(index, 0);
        count = 0;
        int mask = index.length - 1;
        for (int i = 0; i < rows; i++) {
            long record = run.records()[i];
            int at = (int) ((record * 0x9E37_79B9_7F4A_7C15L) >>> 40) & mask;
            while (index[at] != 0 && records[index[at] - 1] != record) {
                at = (at + 1) & mask;
            }
            next[i] = -1;
            if (index[at] == 0) {
                records[count] = record;
                first[count] = i;
                last[count] = i;
                index[at] = ++count;
            } else {
                int r = index[at] - 1;
                next[last[r]] = i;
                last[r] = i;
            }
        }
    }

    /** Number of different records. */
    int count() {
        return count;
    }

    long record(int r) {
        return records[r];
    }

    /** Position of the first row of a record. */
    int first(int r) {
        return first[r];
    }

    /** Position of the next row of the same record; -1 behind the last. */
    int next(int position) {
        return next[position];
    }
}
