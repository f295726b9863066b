package io.sabot.server.session;

import java.nio.file.Path;
import java.util.Optional;

/** Opens engines; found by {@link java.util.ServiceLoader}, so that front ends need not know the engine. */
public interface EngineProvider {
    /**
     * Opens an engine, which resumes the jobs of its data directory.
     *
     * @param dataDirectory where it keeps its data, made when it is not there; empty for one in memory
     * @throws io.sabot.parser.error.SabotException if the directory is in use or cannot be read
     */
    SessionFactory open(Optional<Path> dataDirectory);

    /** Opens an engine for clients of other processes. */
    default SessionFactory open(Optional<Path> dataDirectory, ClientLimits limits) {
        throw new UnsupportedOperationException("this engine cannot keep clients within limits");
    }
}
