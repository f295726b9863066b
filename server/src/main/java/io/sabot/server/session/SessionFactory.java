package io.sabot.server.session;

import java.util.Map;

/** A running engine as its front ends see it. Safe for any thread. */
public interface SessionFactory extends AutoCloseable {
    /**
     * A new session, closed by the caller.
     *
     * @param properties what the client asked for: {@code user}, {@code timeZone} (a zone id, the first value of
     *     {@code table.local-time-zone}), and any further key as if it had been set by {@code SET}
     * @throws io.sabot.parser.error.SabotException if a property is refused
     */
    Session newSession(Map<String, String> properties);

    /** Ends queries, checkpoints durable jobs, cancels the others, frees everything. */
    @Override
    void close();
}
