package io.sabot.executor.window;

/**
 * Windows of fixed size, and the panes that they share. A window is {@code [start, end)}, named by its end; a pane likewise.
 *
 * <pre>
 *   HOP, size 3 panes, slide 1      window    ├────────────────┤
 *                                   window          ├────────────────┤
 *                                   panes     │  a  │  b  │  c  │  d  │
 *
 *   CUMULATE, size 3 steps          windows   ├─────┤
 *                                             ├───────────┤
 *                                             ├─────────────────┤
 *                                   panes     │  a  │  b  │  c  │
 * </pre>
 *
 * <p>All times are milliseconds; negative ones fall into the window that holds them.
 *
 * @param size length of a window; for CUMULATE of the longest
 * @param step distance between the ends of windows that follow each other: the size for TUMBLE, the slide for HOP
 * @param offset a moment at which a window starts
 * @param pane length of a pane
 */
public record Windows(Kind kind, long size, long step, long offset, long pane) {
    /** Families of windows. */
    public enum Kind {
        /** One after the other. */
        TUMBLE,
        /** Of one size, a new one every {@code step}. */
        HOP,
        /** Starting every {@code size}, ending every {@code step} within it. */
        CUMULATE
    }

    public Windows {
        if (size <= 0 || step <= 0 || pane <= 0) {
            throw new IllegalArgumentException("window lengths must be positive");
        }
        if (kind == Kind.CUMULATE && size % step != 0) {
            throw new IllegalArgumentException("the size of CUMULATE must be a multiple of its step");
        }
    }

    /** Windows of one size, one after the other. */
    public static Windows tumble(long size, long offset) {
        return new Windows(Kind.TUMBLE, size, size, offset, size);
    }

    /** Stands for windows that rows carry already: each end is a window of its own, whose start is not known. */
    public static Windows attached() {
        return tumble(1, 0);
    }

    /** Windows of one size that begin every {@code slide}; the size need not be a multiple of it, and may be smaller. */
    public static Windows hop(long slide, long size, long offset) {
        return new Windows(Kind.HOP, size, slide, offset, gcd(size, slide));
    }

    /** Windows that begin every {@code size} and end every {@code step} within it. */
    public static Windows cumulate(long step, long size, long offset) {
        return new Windows(Kind.CUMULATE, size, step, offset, step);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** Whether a pane is a whole window, so that nothing is shared. */
    public boolean paneIsWindow() {
        return pane == size;
    }

    /** End of the pane that holds a moment. */
    public long paneEnd(long time) {
        return time - Math.floorMod(time - offset, pane) + pane;
    }

    /** End of the first window that holds a pane. */
    public long firstWindowEnd(long paneEnd) {
        return kind == Kind.HOP ? ceilEnd(paneEnd) : paneEnd;
    }

    /** End of the last window that holds a pane; before {@link #firstWindowEnd} when the pane lies in a gap between windows. */
    public long lastWindowEnd(long paneEnd) {
        return switch (kind) {
            case TUMBLE -> paneEnd;
            case HOP -> floorEnd(paneEnd - pane + size);
            case CUMULATE -> longestStart(paneEnd) + size;
        };
    }

    /** Start of a window. */
    public long windowStart(long windowEnd) {
        return kind == Kind.CUMULATE ? longestStart(windowEnd) : windowEnd - size;
    }

    private long longestStart(long end) {
        return end - pane - Math.floorMod(end - pane - offset, size);
    }

    /** The first window end after a moment. */
    public long nextWindowEnd(long time) {
        return ceilEnd(time + 1);
    }

    private long ceilEnd(long time) {
        long floor = floorEnd(time);
        return floor == time ? floor : floor + step;
    }

    private long floorEnd(long time) {
        return time - Math.floorMod(time - offset - size, step);
    }
}
