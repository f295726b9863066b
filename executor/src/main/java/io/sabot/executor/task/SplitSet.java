package io.sabot.executor.task;

import io.sabot.executor.checkpoint.SplitState;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitRows;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The splits that an input reads: how far each is, and the watermark of all. */
final class SplitSet {
    private final Map<String, Progress> splits = new LinkedHashMap<>();
    private int live;

    /** How far a split has been read. */
    static final class Progress {
        private final SplitClock clock;
        private SplitPosition next;
        private boolean ended;
        private boolean idle;
        private boolean atEnd = true;
        private long quietSinceNanos;

        private Progress(SourceInput.RestoredSplit restored, long nowNanos) {
            clock = new SplitClock(restored.watermark());
            next = restored.split().start();
            ended = restored.ended();
            quietSinceNanos = nowNanos;
        }

        SplitClock clock() {
            return clock;
        }

        long watermark() {
            return clock.watermark();
        }

        SplitPosition next() {
            return next;
        }

        /** Notes what the reader has returned. */
        void read(SplitRows rows, long nowNanos) {
            next = rows.next();
            atEnd = rows.atEnd();
            if (rows.rows() != null || rows.watermark() > clock.watermark()) {
                quietSinceNanos = nowNanos;
                idle = false;
            }
        }
    }

    void add(SourceInput.RestoredSplit split, long nowNanos) {
        splits.put(split.split().id(), new Progress(split, nowNanos));
        live += split.ended() ? 0 : 1;
    }

    Progress get(Split split) {
        Progress progress = splits.get(split.id());
        if (progress == null) {
            throw new AssertionError("reader returned the unknown split " + split.id());
        }
        return progress;
    }

    /** How many have not ended. */
    int live() {
        return live;
    }

    void end(Progress split) {
        split.ended = true;
        live--;
    }

    /** Nothing more is read of any; their positions stay as they are. */
    void endAll() {
        live = 0;
    }

    /**
     * The minimum over the splits that have neither ended nor gone idle, or, when all have gone idle, the maximum over them.
     *
     * @param read a split whose rows are being handed on
     * @param reached its watermark behind the last of them
     */
    long watermark(@Nullable Progress read, long reached) {
        long min = Long.MAX_VALUE;
        boolean active = false;
        long idleMax = Watermark.START;
        for (Progress progress : splits.values()) {
            if (!progress.ended && !progress.idle) {
                active = true;
                min = Math.min(min, progress == read ? reached : progress.watermark());
            } else if (!progress.ended) {
                idleMax = Math.max(idleMax, progress.watermark());
            }
        }
        return active ? min : idleMax;
    }

    /** The maximum over the splits that have not ended. */
    long greatestWatermark() {
        long max = Watermark.START;
        for (Progress progress : splits.values()) {
            if (!progress.ended) {
                max = Math.max(max, progress.watermark());
            }
        }
        return max;
    }

    /** Lets splits go idle that stand at their end without rows since a moment; returns whether all are idle. */
    boolean goIdle(long sinceNanos) {
        boolean allIdle = true;
        for (Progress progress : splits.values()) {
            if (!progress.ended) {
                progress.idle = progress.idle || (progress.atEnd && progress.quietSinceNanos - sinceNanos <= 0);
                allIdle &= progress.idle;
            }
        }
        return allIdle;
    }

    /** Positions of all, for a checkpoint. */
    List<SplitState> states(String source) {
        List<SplitState> states = new ArrayList<>();
        splits.forEach((id, progress) ->
                states.add(new SplitState(source, id, progress.next, progress.watermark(), progress.ended)));
        return states;
    }
}
