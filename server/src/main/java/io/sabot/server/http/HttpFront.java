package io.sabot.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.remote.Service;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Listens on one address and answers Avatica's requests, and {@code GET /health}. */
public final class HttpFront implements AutoCloseable {
    /** A parked request holds a thread; idle ones end. */
    private static final int THREADS_MAX = 1024;

    private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final Server server;
    private final ServerConnector connector;

    private HttpFront(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to listen.
     *
     * @param address port 0 takes any that is free
     * @throws IOException if the address cannot be had
     */
    public static HttpFront start(InetSocketAddress address, Service service) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, 4);
        threads.setName("sabot-http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setIdleTimeout(IDLE_MILLIS);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(new ProtocolHandler(service));
        HttpFront front = new HttpFront(server, connector);
        try {
            server.start();
            return front;
        } catch (Exception e) {
            front.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no new connections from here on; requests on open ones are still answered. */
    public void stopAccepting() {
        var unused = connector.shutdown();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }
}
