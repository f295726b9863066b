package io.sabot.server.session;

import io.sabot.executor.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an engine is opened.
 *
 * @param dataDirectory where it keeps its data; empty for one in memory
 * @param workingDirectory where relative paths of tables begin
 * @param stateBytes memory for state tables of all jobs together
 * @param jarRoots directories below which jars of functions must lie; empty when they may lie anywhere
 */
public record EngineOptions(
        Optional<Path> dataDirectory,
        Path workingDirectory,
        Clock clock,
        long stateBytes,
        Optional<List<Path>> jarRoots) {
    public EngineOptions {
        jarRoots = jarRoots.map(List::copyOf);
    }

    /** An engine of the machine's clock and the process's directory, with half of what the machine has for state. */
    public static EngineOptions of(Optional<Path> dataDirectory) {
        long machine = Runtime.getRuntime().maxMemory();
        return new EngineOptions(
                dataDirectory,
                Path.of("").toAbsolutePath(),
                Clock.SYSTEM,
                Math.max(machine * 2, 1L << 30),
                Optional.empty());
    }

    /** The same, for clients that may load jars below these directories only. */
    EngineOptions withJarsBelow(List<Path> roots) {
        return new EngineOptions(dataDirectory, workingDirectory, clock, stateBytes, Optional.of(roots));
    }
}
