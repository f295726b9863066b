package io.sabot.executor.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows of a batch by the pane, or the single window, that takes them; decides which rows are late. Pure arithmetic on
 * local times, reused from batch to batch.
 *
 * <p>A window is closed when its last millisecond is over. A row is late when all its windows are closed. When only some
 * are, it must count in the others and no more: CUMULATE puts it into the first pane that is still open; under HOP it goes
 * to each open window by itself ({@link Bucket#isWindow}), or, in a local phase, into a bucket of its own that says so.
 */
final class PaneBuckets {
    private final Windows windows;
    private final Split split;
    private final List<Bucket> buckets = new ArrayList<>();
    private int used;
    private int lastHit;
    private final Bucket late = new Bucket();
    private long overUntil;

    /** What happens to rows of overlapping windows. */
    enum Split {
        /** Rows go to panes; those that are late for some windows, to windows. */
        LATE_ROWS,
        /** Each row goes to each of its windows. */
        ALL_ROWS,
        /** Rows go to panes; those that are late for some windows, to buckets marked so. */
        MARK_LATE_ROWS
    }

    /** Rows of one pane or one window. */
    static final class Bucket {
        private long end;
        private boolean window;
        private int[] rows = new int[64];
        private int count;

        /** End of the pane or window. */
        long end() {
            return end;
        }

        /** Whether it is a single window, or marked late, instead of a pane. */
        boolean isWindow() {
            return window;
        }

        int[] rows() {
            return rows;
        }

        int count() {
            return count;
        }

        private void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2);
            }
            rows[count++] = row;
        }
    }

    PaneBuckets(Windows windows, Split split) {
        this.windows = windows;
        this.split = split;
    }

    /**
     * Begins a batch.
     *
     * @param newOverUntil local time up to which everything is over
     */
    void begin(long newOverUntil) {
        used = 0;
        lastHit = 0;
        late.count = 0;
        overUntil = newOverUntil;
    }

    /** Sorts rows 0 to {@code count - 1} by their times. */
    void addTimes(long[] localTimes, int count) {
        long paneStart = 1;
        long paneEnd = 0;
        @Nullable Bucket bucket = null;
        for (int row = 0; row < count; row++) {
            long time = localTimes[row];
            if (bucket == null || time < paneStart || time >= paneEnd) {
                paneEnd = windows.paneEnd(time);
                paneStart = paneEnd - windows.pane();
                bucket = paneBucket(paneEnd);
                if (bucket == null) {
                    addSlowly(row, paneEnd);
                    continue;
                }
            }
            bucket.add(row);
        }
    }

    /** Sorts rows by the ends of their panes. */
    void addPanes(long[] paneEnds, int count) {
        for (int row = 0; row < count; row++) {
            Bucket bucket = paneBucket(paneEnds[row]);
            if (bucket == null) {
                addSlowly(row, paneEnds[row]);
            } else {
                bucket.add(row);
            }
        }
    }

    /** Sorts rows by the ends of their windows. */
    void addWindows(long[] windowEnds, int count) {
        for (int row = 0; row < count; row++) {
            if (isOver(windowEnds[row])) {
                late.add(row);
            } else {
                bucket(windowEnds[row], true).add(row);
            }
        }
    }

    private boolean isOver(long end) {
        return end - 1 <= overUntil;
    }

    /** The bucket for all rows of a pane; null when each row needs a closer look. */
    private @Nullable Bucket paneBucket(long paneEnd) {
        if (split == Split.ALL_ROWS && !windows.paneIsWindow()) {
            return null;
        }
        long first = windows.firstWindowEnd(paneEnd);
        return isOver(first) || windows.lastWindowEnd(paneEnd) < first ? null : bucket(paneEnd, false);
    }

    private void addSlowly(int row, long paneEnd) {
        long last = windows.lastWindowEnd(paneEnd);
        long first = windows.firstWindowEnd(paneEnd);
        if (last < first) {
            return;
        }
        if (isOver(last)) {
            late.add(row);
            return;
        }
        if (split == Split.MARK_LATE_ROWS && windows.kind() == Windows.Kind.HOP) {
            bucket(paneEnd, true).add(row);
            return;
        }
        long firstOpen = isOver(first) ? windows.nextWindowEnd(overUntil + 1) : first;
        if (split != Split.ALL_ROWS && windows.kind() == Windows.Kind.CUMULATE) {
            bucket(firstOpen, false).add(row);
            return;
        }
        for (long end = firstOpen; end <= last; end += windows.step()) {
            bucket(end, true).add(row);
        }
    }

    private Bucket bucket(long end, boolean window) {
        if (lastHit < used && buckets.get(lastHit).end == end && buckets.get(lastHit).window == window) {
            return buckets.get(lastHit);
        }
        for (int i = 0; i < used; i++) {
            Bucket bucket = buckets.get(i);
            if (bucket.end == end && bucket.window == window) {
                lastHit = i;
                return bucket;
            }
        }
        if (used == buckets.size()) {
            buckets.add(new Bucket());
        }
        Bucket bucket = buckets.get(used);
        bucket.end = end;
        bucket.window = window;
        bucket.count = 0;
        lastHit = used++;
        return bucket;
    }

    int bucketCount() {
        return used;
    }

    Bucket bucket(int index) {
        return buckets.get(index);
    }

    /** Rows that no window took because all were closed. */
    Bucket late() {
        return late;
    }
}
