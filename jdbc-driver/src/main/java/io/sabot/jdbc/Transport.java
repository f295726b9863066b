package io.sabot.jdbc;

import org.apache.calcite.avatica.remote.Service;

/** The way of one connection to an engine. */
public interface Transport extends AutoCloseable {
    /** What requests are sent to, from any thread. */
    Service service();

    /** Lets go of the engine; the connection has been closed there before. */
    @Override
    void close();
}
