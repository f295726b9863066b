package io.sabot.planner.plan;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import java.util.List;

/**
 * What is known about the rows that leave a node, beyond their types.
 *
 * @param changelog which row kinds may occur
 * @param upsertKeys sets of columns that identify a row at any one time; empty when none is known
 * @param times columns that carry time, each with its distance to the watermark
 * @param bounded whether the rows come to an end
 * @param emitAtEnd whether rows leave only when all inputs have ended, without watermarks before
 */
public record StreamProperties(
        ChangelogMode changelog,
        List<List<Integer>> upsertKeys,
        List<TimeColumn> times,
        boolean bounded,
        boolean emitAtEnd) {
    public StreamProperties {
        upsertKeys = upsertKeys.stream().map(List::copyOf).toList();
        times = List.copyOf(times);
    }

    /**
     * A column that carries time.
     *
     * @param offsetMillis a row in time has {@code value > watermark + offsetMillis}, so the watermark of the column is
     *     the stream's watermark plus this, which is never positive
     */
    public record TimeColumn(int column, TimeDomain domain, long offsetMillis) {}
}
