package io.sabot.executor.task;

import io.sabot.executor.checkpoint.SplitState;
import io.sabot.executor.time.Barrier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task tells the job's coordinator when it has passed a barrier, or has ended.
 *
 * @param taskId number of the task in its job
 * @param barrier the barrier; empty when the task has ended, and then the report counts for every later barrier too, but
 *     for what was prepared, which is committed once
 * @param splits positions of its sources
 * @param watermarks event watermark of each operator by name
 * @param prepared what its sink writers prepared, by sink name
 */
public record TaskReport(
        int taskId,
        Optional<Barrier> barrier,
        List<SplitState> splits,
        Map<String, Long> watermarks,
        Map<String, byte[]> prepared) {
    public TaskReport {
        splits = List.copyOf(splits);
        watermarks = Map.copyOf(watermarks);
        prepared = Map.copyOf(prepared);
    }

    /** The same of a task whose sinks' work has been committed. */
    public TaskReport committed() {
        return new TaskReport(taskId, barrier, splits, watermarks, Map.of());
    }
}
