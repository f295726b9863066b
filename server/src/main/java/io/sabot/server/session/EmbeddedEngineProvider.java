package io.sabot.server.session;

import java.nio.file.Path;
import java.util.Optional;

/** Opens engines in this process. */
public final class EmbeddedEngineProvider implements EngineProvider {
    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedEngineProvider() {}

    @Override
    public SessionFactory open(Optional<Path> dataDirectory) {
        return Engine.open(EngineOptions.of(dataDirectory));
    }

    @Override
    public SessionFactory open(Optional<Path> dataDirectory, ClientLimits limits) {
        return Engine.open(EngineOptions.of(dataDirectory).within(limits));
    }
}
