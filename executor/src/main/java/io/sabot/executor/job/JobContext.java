package io.sabot.executor.job;

import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;

/** What the parts of one job share. */
record JobContext(JobEnvironment environment, JobOptions options, BufferAllocator allocator, JobMetrics metrics) {
    int batchRows() {
        return JobBuilder.batchRows(options);
    }

    /** What the source or sink of a node of the plan is given. */
    ConnectorContext connector(String nodeName) {
        return new ForNode(this, nodeName);
    }

    private record ForNode(JobContext job, String nodeName) implements ConnectorContext {
        @Override
        public String operatorName() {
            return nodeName;
        }

        @Override
        public BufferAllocator allocator() {
            return job.allocator;
        }

        @Override
        public int batchRows() {
            return job.batchRows();
        }

        @Override
        public int parallelism() {
            return job.options.epochAfterEachBatch() ? 1 : job.options.parallelism();
        }

        @Override
        public String jobName() {
            return job.options.name();
        }

        @Override
        public Map<String, String> settings() {
            return job.options.settings();
        }

        @Override
        public FormatFactory format(String name) {
            return job.environment.connectors().format(name);
        }

        @Override
        public FileAccess files() {
            return job.environment.files();
        }

        @Override
        public Clock clock() {
            return job.environment.clock();
        }

        @Override
        public LongAdder counter(String name) {
            return job.metrics.counter(nodeName, name);
        }
    }
}
