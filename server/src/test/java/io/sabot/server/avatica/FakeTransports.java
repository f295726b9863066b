package io.sabot.server.avatica;

import io.sabot.jdbc.Target;
import io.sabot.jdbc.Transport;
import io.sabot.jdbc.TransportProvider;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Opens {@code jdbc:sabot:mem:fake…} on the engine that a test has put there. */
public final class FakeTransports implements TransportProvider {
    static final Map<String, EngineRegistry> ENGINES = new ConcurrentHashMap<>();

    @Override
    public boolean accepts(Target.Embedded target) {
        return target.name().startsWith("fake");
    }

    @Override
    public int priority() {
        return 1;
    }

    @Override
    public Transport open(Target.Embedded target) throws SQLException {
        return new EmbeddedTransports(Objects.requireNonNull(ENGINES.get(target.name()))).open(target);
    }
}
