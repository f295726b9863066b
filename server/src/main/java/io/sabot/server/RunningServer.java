package io.sabot.server;

import io.sabot.server.avatica.SessionService;
import io.sabot.server.http.HttpFront;
import io.sabot.server.session.SessionFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine behind an open port. */
public final class RunningServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final SessionFactory engine;
    private final SessionService service;
    private final HttpFront front;
    private final ScheduledExecutorService sweeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RunningServer(SessionFactory engine, SessionService service, HttpFront front) {
        this.engine = engine;
        this.service = service;
        this.front = front;
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sabot-sessions");
            thread.setDaemon(true);
            return thread;
        });
        var unused = sweeper.scheduleWithFixedDelay(this::sweep, 30, 30, TimeUnit.SECONDS);
    }

    private void sweep() {
        try {
            service.expireIdle(IDLE_NANOS);
        } catch (RuntimeException e) {
            LOG.error("idle sessions could not be closed", e);
        }
    }

    /**
     * Opens a port for an engine, which belongs to the server from here on, also when this fails.
     *
     * @throws IOException if the address cannot be had
     */
    public static RunningServer start(SessionFactory engine, InetSocketAddress address) throws IOException {
        SessionService service = new SessionService(engine, System::nanoTime);
        try {
            return new RunningServer(engine, service, HttpFront.start(address, service));
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return front.port();
    }

    /** The protocol behind the port. */
    public SessionService service() {
        return service;
    }

    /** Takes no new connection, ends the queries of clients, lets jobs checkpoint, and frees everything. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            sweeper.shutdown();
            front.stopAccepting();
            try (engine) {
                service.close();
                front.close();
            }
        }
    }
}
