package io.sabot.sqltests.client;

import io.sabot.server.RunningServer;
import io.sabot.server.session.EngineProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;

/** A fresh engine in memory, and the URL that reaches it. It lasts until it is closed. */
record Door(String url, Optional<RunningServer> server, Connection keeper) implements AutoCloseable {
    /** Where the engine runs. */
    enum Place {
        EMBEDDED,
        SERVER
    }

    static Door open(Place place) throws IOException, SQLException {
        Optional<RunningServer> server = switch (place) {
            case EMBEDDED -> Optional.empty();
            case SERVER -> Optional.of(serve());
        };
        String url = server.map(running -> "jdbc:sabot://127.0.0.1:" + running.port())
                .orElse("jdbc:sabot:mem:" + UUID.randomUUID());
        return new Door(url, server, DriverManager.getConnection(url));
    }

    private static RunningServer serve() throws IOException {
        return RunningServer.start(
                ServiceLoader.load(EngineProvider.class)
                        .findFirst()
                        .orElseThrow()
                        .open(Optional.empty()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    int port() {
        return server.orElseThrow().port();
    }

    /** Without an open connection an engine in memory would end with its last client. */
    @Override
    public void close() throws SQLException {
        keeper.close();
        server.ifPresent(RunningServer::close);
    }
}
