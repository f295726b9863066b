/**
 * The JDBC driver: URLs and properties, JDBC objects over Avatica's client, and the way to an engine.
 *
 * <p>Belongs here: what a program with a {@code jdbc:sabot:} URL touches. Does not belong here: anything of the engine,
 * which is reached through a {@link io.sabot.jdbc.Transport} only, by HTTP or by the one that the {@code server} artifact
 * provides for engines in this process. Read {@link io.sabot.jdbc.SabotDriver} first. Statements may be cancelled from
 * any thread; otherwise JDBC's rules hold.
 */
@NullMarked
package io.sabot.jdbc;

import org.jspecify.annotations.NullMarked;
