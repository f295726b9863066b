package io.sabot.executor.checkpoint;

import io.sabot.executor.connector.SplitPosition;

/**
 * How far a split has been read, as a checkpoint keeps it.
 *
 * @param source name of the scan in the plan
 * @param split id of the split
 * @param next position of the next row
 * @param watermark the split's own watermark
 * @param ended whether it has no further rows
 */
public record SplitState(String source, String split, SplitPosition next, long watermark, boolean ended) {}
