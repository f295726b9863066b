package io.sabot.server.avatica;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.server.session.EngineProvider;
import io.sabot.server.session.SessionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The engines that this process has open, shared by all connections that name the same one. Safe for any thread. */
final class EngineRegistry {
    /** An engine and how many use it. */
    private static final class Shared {
        private final SessionFactory engine;
        private final SessionService service;
        private int users;

        Shared(SessionFactory engine) {
            this.engine = engine;
            this.service = new SessionService(engine, System::nanoTime);
        }
    }

    private final EngineProvider provider;
    private final Map<Object, Shared> engines = new HashMap<>();

    EngineRegistry(EngineProvider provider) {
        this.provider = provider;
    }

    /** Joins the engine in memory of this name. */
    SessionService join(String name) {
        return join(name, Optional.empty());
    }

    /** Joins the engine of this directory, which is made if it is not there. */
    SessionService join(Path directory) {
        Path real = realPath(directory);
        return join(real, Optional.of(real));
    }

    private synchronized SessionService join(Object key, Optional<Path> directory) {
        Shared shared = engines.get(key);
        if (shared == null) {
            shared = new Shared(provider.open(directory));
            engines.put(key, shared);
        }
        shared.users++;
        return shared.service;
    }

    /** Leaves an engine; the last one to leave closes it. */
    synchronized void leave(SessionService service) {
        engines.values().removeIf(shared -> {
            if (shared.service != service || --shared.users > 0) {
                return false;
            }
            try (SessionFactory engine = shared.engine) {
                assert engine != null;
                service.close();
            }
            return true;
        });
    }

    private static Path realPath(Path directory) {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw SabotException.of(ErrorCode.IO_ERROR, "cannot use the data directory '" + directory + "'")
                    .why(String.valueOf(e))
                    .causedBy(e);
        }
    }
}
