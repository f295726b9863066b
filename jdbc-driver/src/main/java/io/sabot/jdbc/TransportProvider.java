package io.sabot.jdbc;

import java.sql.SQLException;

/**
 * Reaches engines in this process; found by {@link java.util.ServiceLoader}.
 *
 * <p>The types of Avatica in {@link Transport} are those of the plain driver jar. The shaded one, which has them under
 * other names, is for servers only and asks no provider.
 */
public interface TransportProvider {
    /** Whether this one opens the target. */
    boolean accepts(Target.Embedded target);

    /** Of several that accept a target, the one with the highest priority opens it. */
    default int priority() {
        return 0;
    }

    /** Opens the engine, or joins it where it is open already; it closes with its last transport. */
    Transport open(Target.Embedded target) throws SQLException;
}
