package io.sabot.server.avatica;

import io.sabot.jdbc.Target;
import io.sabot.jdbc.Transport;
import io.sabot.jdbc.TransportProvider;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.server.session.EngineProvider;
import java.sql.SQLException;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.Service;

/** Lets {@code jdbc:sabot:} URLs open engines in this process: requests are plain calls, nothing is serialised. */
public final class EmbeddedTransports implements TransportProvider {
    /** One for the process, since a {@link ServiceLoader} makes a new instance of this class each time. */
    private static final class OfProcess {
        static final EngineRegistry ENGINES = new EngineRegistry(directory -> ServiceLoader.load(EngineProvider.class)
                .findFirst()
                .orElseThrow(() -> SabotException.of(ErrorCode.CONNECTION_FAILURE, "no engine is on the class path"))
                .open(directory));
    }

    private final EngineRegistry engines;

    /** Found by {@link ServiceLoader}. */
    public EmbeddedTransports() {
        this(OfProcess.ENGINES);
    }

    EmbeddedTransports(EngineRegistry engines) {
        this.engines = engines;
    }

    @Override
    public boolean accepts(Target.Embedded target) {
        return true;
    }

    @Override
    public Transport open(Target.Embedded target) throws SQLException {
        try {
            SessionService service = target.directory().map(engines::join).orElseGet(() -> engines.join(target.name()));
            return new Embedded(service);
        } catch (RuntimeException e) {
            AvaticaRuntimeException problem = Problems.of(e, "");
            throw new SQLException(problem.getErrorMessage(), problem.getSqlState(), e);
        }
    }

    private final class Embedded implements Transport {
        private final SessionService service;
        private final AtomicBoolean closed = new AtomicBoolean();

        Embedded(SessionService service) {
            this.service = service;
        }

        @Override
        public Service service() {
            return service;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                engines.leave(service);
            }
        }
    }
}
