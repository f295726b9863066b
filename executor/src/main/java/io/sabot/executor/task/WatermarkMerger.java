package io.sabot.executor.task;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.time.Watermark;
import java.util.Arrays;

/**
 * Merges the watermarks of several inputs: the minimum over those that are neither ended nor idle; when all others are idle
 * too, the maximum over the idle ones, since none of them holds the others back, whichever fell silent first. An input that
 * has told {@link Watermark#END} counts as ended: only when all have does time come to its end.
 *
 * <p>Idle inputs count again from their next watermark or row; what has been passed on never goes back. Pure arithmetic.
 */
final class WatermarkMerger {
    private final long[] event;
    private final long[] processing;
    private final boolean[] idle;
    private final boolean[] ended;
    private long mergedEvent = Watermark.START;
    private long mergedProcessing = Watermark.START;

    WatermarkMerger(int inputs) {
        event = new long[inputs];
        processing = new long[inputs];
        idle = new boolean[inputs];
        ended = new boolean[inputs];
        Arrays.fill(event, Watermark.START);
        Arrays.fill(processing, Watermark.START);
    }

    /** Takes a watermark; returns whether the merged one of that domain has advanced. */
    boolean advance(int input, Watermark watermark) {
        if (watermark.domain() == TimeDomain.EVENT) {
            event[input] = Math.max(event[input], watermark.millis());
            idle[input] = false;
            return mergeEvent();
        }
        processing[input] = Math.max(processing[input], watermark.millis());
        return mergeProcessing();
    }

    /** Sets idleness; returns whether the merged event watermark has advanced. */
    boolean setIdle(int input, boolean isIdle) {
        idle[input] = isIdle;
        return isIdle && mergeEvent();
    }

    /** Marks an input as ended; returns whether a merged watermark has advanced. */
    boolean end(int input) {
        ended[input] = true;
        boolean eventAdvanced = mergeEvent();
        boolean processingAdvanced = mergeProcessing();
        return eventAdvanced || processingAdvanced;
    }

    private boolean isOver(int input) {
        return ended[input] || event[input] == Watermark.END;
    }

    private boolean mergeEvent() {
        long min = Long.MAX_VALUE;
        long idleMax = Watermark.START;
        boolean anyActive = false;
        boolean anyLive = false;
        boolean anyEnd = false;
        for (int i = 0; i < event.length; i++) {
            if (isOver(i)) {
                anyEnd |= event[i] == Watermark.END;
                continue;
            }
            anyLive = true;
            if (idle[i]) {
                idleMax = Math.max(idleMax, event[i]);
            } else {
                min = Math.min(min, event[i]);
                anyActive = true;
            }
        }
        long merged = anyActive ? min : !anyLive && anyEnd ? Watermark.END : idleMax;
        if (merged > mergedEvent) {
            mergedEvent = merged;
            return true;
        }
        return false;
    }

    private boolean mergeProcessing() {
        long min = Long.MAX_VALUE;
        boolean any = false;
        for (int i = 0; i < processing.length; i++) {
            if (!ended[i]) {
                min = Math.min(min, processing[i]);
                any = true;
            }
        }
        if (any && min > mergedProcessing) {
            mergedProcessing = min;
            return true;
        }
        return false;
    }

    /** The merged watermark of event time. */
    long event() {
        return mergedEvent;
    }

    /** The merged watermark of processing time. */
    long processing() {
        return mergedProcessing;
    }

    /** Whether every input has ended. */
    boolean allEnded() {
        for (boolean inputEnded : ended) {
            if (!inputEnded) {
                return false;
            }
        }
        return true;
    }

    /** Whether no input holds event time back: each is idle or ended, and at least one is idle. */
    boolean allIdle() {
        boolean any = false;
        for (int i = 0; i < ended.length; i++) {
            if (!isOver(i)) {
                if (!idle[i]) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /** Starts from a watermark that a checkpoint kept. */
    void restore(long eventMillis) {
        mergedEvent = eventMillis;
        Arrays.fill(event, eventMillis);
    }
}
