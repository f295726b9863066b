package io.sabot.executor.task;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.time.Watermark;
import java.util.Arrays;

/**
 * The watermark of one split, which is the greatest that any of its rows so far has proposed, and the places where a batch
 * must be cut so that "late" stays a property of the data.
 *
 * <p>A row is behind when its time is not after the watermark that all earlier rows of its split have made. Before a row
 * that is behind a newer watermark than the piece began with, a new piece begins; each piece with such a row carries the
 * watermark at its start:
 *
 * <pre>
 *   time        5   61    7    8   90    9
 *   watermark   -    5   61   61   61   90      (before the row)
 *   pieces     [5   61] [7    8   90]  [9]
 *   lateBefore  none      61             90
 * </pre>
 *
 * A piece's {@code lateBefore} is right for all its rows: those in time are after every watermark before them.
 */
final class SplitClock {
    private long watermark;
    private int pieceCount;
    private int[] pieceEnds = new int[4];
    private long[] pieceLate = new long[4];
    private long[] pieceWatermarks = new long[4];

    SplitClock(long watermark) {
        this.watermark = watermark;
    }

    /** The watermark behind the last row; {@link Watermark#START} before the first. */
    long watermark() {
        return watermark;
    }

    /**
     * Takes the rows of a batch in order and finds its pieces; without {@code cut} there is one, never late. A row without
     * time is not late.
     */
    void advance(Column times, Column proposals, int rows, boolean cut) {
        pieceCount = 0;
        if (cut) {
            cutPieces(times, proposals, rows);
        } else {
            for (int i = 0; i < rows; i++) {
                propose(proposals, i);
            }
            endPiece(rows, Batch.NOT_LATE);
        }
    }

    private void cutPieces(Column times, Column proposals, int rows) {
        long pieceStart = watermark;
        boolean nulls = times.hasNulls();
        boolean late = false;
        int begin = 0;
        for (int i = 0; i < rows; i++) {
            if (times.getLong(i) <= watermark && !(nulls && times.isNull(i))) {
                if (watermark != pieceStart) {
                    if (i > begin) {
                        endPiece(i, late ? pieceStart : Batch.NOT_LATE);
                        begin = i;
                    }
                    pieceStart = watermark;
                }
                late = true;
            }
            propose(proposals, i);
        }
        endPiece(rows, late ? pieceStart : Batch.NOT_LATE);
    }

    /** Takes the rows of a batch in order: a piece ends behind each row that makes a new watermark. */
    void advanceByStep(Column times, Column proposals, int rows, boolean cut) {
        pieceCount = 0;
        long pieceStart = watermark;
        boolean late = false;
        for (int i = 0; i < rows; i++) {
            late |= cut && !times.isNull(i) && times.getLong(i) <= watermark;
            propose(proposals, i);
            if (watermark != pieceStart || i == rows - 1) {
                endPiece(i + 1, late ? pieceStart : Batch.NOT_LATE);
                pieceStart = watermark;
                late = false;
            }
        }
    }

    /** Takes a watermark that the split's source keeps. */
    void advanceTo(long millis) {
        watermark = Math.max(watermark, millis);
    }

    private void propose(Column proposals, int row) {
        if (!proposals.isNull(row)) {
            watermark = Math.max(watermark, proposals.getLong(row));
        }
    }

    private void endPiece(int end, long late) {
        if (pieceCount == pieceEnds.length) {
            pieceEnds = Arrays.copyOf(pieceEnds, pieceCount * 2);
            pieceLate = Arrays.copyOf(pieceLate, pieceCount * 2);
            pieceWatermarks = Arrays.copyOf(pieceWatermarks, pieceCount * 2);
        }
        pieceEnds[pieceCount] = end;
        pieceWatermarks[pieceCount] = watermark;
        pieceLate[pieceCount++] = late;
    }

    /** Number of pieces of the last batch, at least 1. */
    int pieceCount() {
        return pieceCount;
    }

    /** First row behind a piece. */
    int pieceEnd(int piece) {
        return pieceEnds[piece];
    }

    /** The watermark behind a piece. */
    long pieceWatermark(int piece) {
        return pieceWatermarks[piece];
    }

    /** The {@code lateBefore} of a piece. */
    long pieceLateBefore(int piece) {
        return pieceLate[piece];
    }
}
