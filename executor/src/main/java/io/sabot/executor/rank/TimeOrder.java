package io.sabot.executor.rank;

/** Sorts numbered rows by time; those of equal time keep their order. */
final class TimeOrder {
    private TimeOrder() {}

    /** Sorts {@code times} from {@code from} to {@code to - 1}, and {@code ids} along with them. */
    static void sort(long[] times, long[] ids, int from, int to) {
        if (isSorted(times, from, to)) {
            return;
        }
        merge(times, ids, from, to, new long[to - from], new long[to - from]);
    }

    private static boolean isSorted(long[] times, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (times[i - 1] > times[i]) {
                return false;
            }
        }
        return true;
    }

    private static void merge(long[] times, long[] ids, int from, int to, long[] spareTimes, long[] spareIds) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        merge(times, ids, from, middle, spareTimes, spareIds);
        merge(times, ids, middle, to, spareTimes, spareIds);
        if (times[middle - 1] <= times[middle]) {
            return;
        }
        int leftCount = middle - from;
        System.arraycopy(times, from, spareTimes, 0, leftCount);
        System.arraycopy(ids, from, spareIds, 0, leftCount);
        int left = 0;
        int right = middle;
        for (int out = from; left < leftCount; out++) {
            if (right < to && times[right] < spareTimes[left]) {
                times[out] = times[right];
                ids[out] = ids[right++];
            } else {
                times[out] = spareTimes[left];
                ids[out] = spareIds[left++];
            }
        }
    }
}
