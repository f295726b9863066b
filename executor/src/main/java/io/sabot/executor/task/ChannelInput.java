package io.sabot.executor.task;

import io.sabot.executor.exchange.Channel;
import io.sabot.executor.exchange.Element;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of an operator that comes from the tasks of another stage: merges their channels.
 *
 * <p>A channel that has reached the barrier is left alone until every channel of the task has; ended channels count as
 * having reached it.
 */
final class ChannelInput implements TaskInput {
    /** Elements taken from one channel before the next has its turn. */
    private static final int TURN = 4;

    private final List<Channel> channels;
    private final OperatorNode target;
    private final int input;
    private final WatermarkMerger merger;
    private final boolean[] blocked;
    private final boolean[] ended;
    private int endedCount;
    private int blockedCount;
    private @Nullable Barrier barrier;
    private boolean idle;

    ChannelInput(List<Channel> channels, OperatorNode target, int input) {
        this.channels = List.copyOf(channels);
        this.target = target;
        this.input = input;
        this.merger = new WatermarkMerger(channels.size());
        this.blocked = new boolean[channels.size()];
        this.ended = new boolean[channels.size()];
    }

    /** A task beside more tasks than feed it can be left without a channel: that input has ended before it began. */
    @Override
    public void start() {
        if (channels.isEmpty()) {
            target.onInputEnd(input);
        }
    }

    @Override
    public boolean poll(long waitNanos) {
        boolean any = false;
        for (int c = 0; c < channels.size(); c++) {
            for (int turn = 0; turn < TURN && !blocked[c] && !ended[c]; turn++) {
                Element element = channels.get(c).poll();
                if (element == null) {
                    break;
                }
                any = true;
                take(c, element);
            }
        }
        return any;
    }

    private void take(int channel, Element element) {
        if (element instanceof Element.Rows rows) {
            if (idle) {
                becomeActive(channel);
            }
            target.onBatch(input, rows.batch());
        } else if (element instanceof Element.Time time) {
            if (idle && time.watermark().millis() != Watermark.END) {
                becomeActive(channel);
            }
            if (merger.advance(channel, time.watermark())) {
                target.onWatermark(input, merged(time));
            }
        } else if (element instanceof Element.EpochEnd end) {
            assert barrier == null || barrier.equals(end.barrier()) : "barriers out of order";
            barrier = end.barrier();
            blocked[channel] = true;
            blockedCount++;
        } else if (element instanceof Element.Idleness idleness) {
            if (merger.setIdle(channel, idleness.idle())) {
                target.onWatermark(input, Watermark.event(merger.event()));
            }
            setIdle(merger.allIdle());
        } else {
            end(channel);
        }
    }

    private void becomeActive(int channel) {
        merger.setIdle(channel, false);
        setIdle(false);
    }

    private Watermark merged(Element.Time time) {
        return switch (time.watermark().domain()) {
            case EVENT -> Watermark.event(merger.event());
            case PROCESSING -> Watermark.processing(merger.processing());
        };
    }

    private void setIdle(boolean nowIdle) {
        if (nowIdle != idle) {
            idle = nowIdle;
            target.setIdle(input, nowIdle);
        }
    }

    private void end(int channel) {
        ended[channel] = true;
        endedCount++;
        if (endedCount == channels.size()) {
            target.onInputEnd(input);
            return;
        }
        long eventBefore = merger.event();
        long processingBefore = merger.processing();
        merger.end(channel);
        if (merger.event() > eventBefore) {
            target.onWatermark(input, Watermark.event(merger.event()));
        }
        if (merger.processing() > processingBefore) {
            target.onWatermark(input, Watermark.processing(merger.processing()));
        }
        setIdle(merger.allIdle());
    }

    @Override
    public boolean hasEnded() {
        return endedCount == channels.size();
    }

    @Override
    public @Nullable Barrier standsAt() {
        return blockedCount > 0 && blockedCount + endedCount == channels.size() ? barrier : null;
    }

    @Override
    public void resume() {
        Arrays.fill(blocked, false);
        blockedCount = 0;
        barrier = null;
    }

    @Override
    public void close() {
        // Channels belong to the job, which drains them when all tasks have ended.
    }
}
