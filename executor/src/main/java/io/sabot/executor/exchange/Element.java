package io.sabot.executor.exchange;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;

/** What travels through a channel. */
public sealed interface Element {
    /** Rows; the receiver owns them. */
    record Rows(Batch batch) implements Element {}

    /** Progress of time. */
    record Time(Watermark watermark) implements Element {}

    /** End of an epoch. */
    record EpochEnd(Barrier barrier) implements Element {}

    /**
     * Whether the producer still holds event time back.
     *
     * @param idle true: leave this channel out of the minimum until rows or a watermark come
     */
    record Idleness(boolean idle) implements Element {}

    /** Nothing follows. */
    record End() implements Element {}
}
