package io.sabot.connectors;

import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.time.Clock;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;

/** What the engine would give a connector, for tests. */
public record TestContext(
        BufferAllocator allocator,
        int batchRows,
        FileAccess files,
        Clock clock,
        int parallelism,
        Map<String, LongAdder> counters)
        implements ConnectorContext {
    /** A context whose relative paths begin at the root. */
    public static TestContext of(BufferAllocator allocator) {
        return new TestContext(
                allocator, 2048, FileAccess.anywhere(Path.of("/")), new StepClock(), 1, new ConcurrentHashMap<>());
    }

    /** The same with another batch size. */
    public TestContext withBatchRows(int rows) {
        return new TestContext(allocator, rows, files, clock, parallelism, counters);
    }

    /** The same with another working directory. */
    public TestContext in(Path directory) {
        return new TestContext(allocator, batchRows, FileAccess.anywhere(directory), clock, parallelism, counters);
    }

    /** The same as one of several tasks. */
    public TestContext withParallelism(int tasks) {
        return new TestContext(allocator, batchRows, files, clock, tasks, counters);
    }

    /** The clock, to step it. */
    public StepClock stepClock() {
        return (StepClock) clock;
    }

    @Override
    public String jobName() {
        return "job";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public FormatFactory format(String name) {
        return ServiceLoader.load(FormatFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(format -> format.descriptor().name().equals(name))
                .findFirst()
                .orElseThrow(() -> SabotException.of(ErrorCode.UNDEFINED_OBJECT, "no format " + name));
    }

    @Override
    public LongAdder counter(String name) {
        return counters.computeIfAbsent(name, key -> new LongAdder());
    }

    /** A clock that moves when told. */
    public static final class StepClock implements Clock {
        private long nanos;

        /** Moves on. */
        public void step(long millis) {
            nanos += millis * 1_000_000;
        }

        @Override
        public long millis() {
            return nanos / 1_000_000;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }
}
