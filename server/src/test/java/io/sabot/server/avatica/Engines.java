package io.sabot.server.avatica;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A fake engine behind a URL of its own. */
final class Engines implements AutoCloseable {
    private static final AtomicInteger LAST = new AtomicInteger();

    final FakeEngine engine = new FakeEngine();
    private final String name = "fake" + LAST.incrementAndGet();

    Engines() {
        FakeTransports.ENGINES.put(name, new EngineRegistry(directory -> engine));
    }

    String url() {
        return "jdbc:sabot:mem:" + name;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    @Override
    public void close() {
        FakeTransports.ENGINES.remove(name);
        if (!engine.closed) {
            engine.close();
        }
    }
}
