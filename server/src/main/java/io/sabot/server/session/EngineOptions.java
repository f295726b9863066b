package io.sabot.server.session;

import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an engine is opened.
 *
 * @param dataDirectory where it keeps its data; empty for one in memory
 * @param files which tables may read and write
 * @param stateBytes memory for state tables of all jobs together
 * @param jarRoots directories below which jars of functions must lie; empty when they may lie anywhere
 */
public record EngineOptions(
        Optional<Path> dataDirectory, FileAccess files, Clock clock, long stateBytes, Optional<List<Path>> jarRoots) {
    public EngineOptions {
        jarRoots = jarRoots.map(List::copyOf);
    }

    /** An engine of the machine's clock and the process's directory, with half of what the machine has for state. */
    public static EngineOptions of(Optional<Path> dataDirectory) {
        long machine = Runtime.getRuntime().maxMemory();
        return new EngineOptions(
                dataDirectory,
                FileAccess.anywhere(Path.of("").toAbsolutePath()),
                Clock.SYSTEM,
                Math.max(machine * 2, 1L << 30),
                Optional.empty());
    }

    /** The same, for clients of other processes. */
    EngineOptions within(ClientLimits limits) {
        return new EngineOptions(
                dataDirectory,
                new FileAccess(files.workingDirectory(), limits.fileRoots()),
                clock,
                stateBytes,
                Optional.of(limits.jarRoots()));
    }
}
