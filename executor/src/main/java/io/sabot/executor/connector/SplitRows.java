package io.sabot.executor.connector;

import io.sabot.executor.batch.Batch;
import org.jspecify.annotations.Nullable;

/**
 * What a poll brought of one split.
 *
 * @param rows may be null when only the position moved or the split ended; owned by the receiver
 * @param next position behind these rows
 * @param ended whether the split has no further rows, ever
 * @param atEnd whether there is nothing further to read at this moment: a split can be idle only then
 */
public record SplitRows(Split split, @Nullable Batch rows, SplitPosition next, boolean ended, boolean atEnd) {}
