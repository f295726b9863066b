package io.sabot.executor.connector;

import io.sabot.executor.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;

/** What the engine gives sources and sinks. */
public interface ConnectorContext {
    /** Allocator of the task or of the job; everything allocated must be closed or handed on. */
    BufferAllocator allocator();

    /** Rows to put into a batch at most. */
    int batchRows();

    /** Stable name of the job, for names in outside systems; of a query that is no job, a name of its own. */
    String jobName();

    /** Name of the source or sink in its plan: a job may have several for one table. */
    default String operatorName() {
        return "";
    }

    /** Session settings in force when the statement was run, such as {@code table.local-time-zone}. */
    Map<String, String> settings();

    /** A format by its name, for instance {@code json}; a {@link io.sabot.parser.error.SabotException} if there is none. */
    FormatFactory format(String name);

    /** Which files may be read and written, and where relative paths begin. */
    FileAccess files();

    /** Number of tasks that share the work of this source or sink; 1 for a context that belongs to no task. */
    default int parallelism() {
        return 1;
    }

    /** Clock of the engine. */
    Clock clock();

    /** A counter of this source or sink, shown as a metric. */
    LongAdder counter(String name);
}
