package io.sabot.server.avatica;

import io.sabot.server.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A fake engine behind a URL of its own. */
final class Engines implements AutoCloseable {
    private static final AtomicInteger LAST = new AtomicInteger();

    final FakeEngine engine = new FakeEngine();
    private final String name = "fake" + LAST.incrementAndGet();
    private final Optional<RunningServer> server;

    Engines(Way way) throws IOException {
        if (way == Way.REMOTE) {
            server = Optional.of(
                    RunningServer.start(engine, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        } else {
            server = Optional.empty();
            FakeTransports.ENGINES.put(name, new EngineRegistry(directory -> engine));
        }
    }

    String url() {
        return server.map(running -> "jdbc:sabot://127.0.0.1:" + running.port()).orElse("jdbc:sabot:mem:" + name);
    }

    int port() {
        return server.orElseThrow().port();
    }

    SessionService service() {
        return server.orElseThrow().service();
    }

    Connection connect() throws SQLException {
        return connect("");
    }

    /** @param properties as behind the question mark of a URL */
    Connection connect(String properties) throws SQLException {
        return DriverManager.getConnection(properties.isEmpty() ? url() : url() + "?" + properties);
    }

    @Override
    public void close() {
        server.ifPresent(RunningServer::close);
        FakeTransports.ENGINES.remove(name);
        if (!engine.closed) {
            engine.close();
        }
    }
}
