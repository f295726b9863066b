package io.sabot.executor.connector;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.time.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * What a poll brought of one split.
 *
 * @param rows may be null when only the position moved or the split ended; owned by the receiver
 * @param next position behind these rows
 * @param ended whether the split has no further rows, ever
 * @param atEnd whether there is nothing further to read at this moment: a split can be idle only then
 * @param watermark behind these rows, of a source that keeps one; else {@link Watermark#START}, and rows tell it or nobody
 */
public record SplitRows(
        Split split, @Nullable Batch rows, SplitPosition next, boolean ended, boolean atEnd, long watermark) {
    /** Of a source that keeps no watermark. */
    public SplitRows(Split split, @Nullable Batch rows, SplitPosition next, boolean ended, boolean atEnd) {
        this(split, rows, next, ended, atEnd, Watermark.START);
    }
}
