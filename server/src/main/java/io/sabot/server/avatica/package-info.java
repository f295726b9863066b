/**
 * Avatica's protocol over sessions: what a request means, and how values, rows and errors travel.
 *
 * <p>Only translates; what a statement does belongs to {@code server.session}, bytes and sockets to {@code server.http}.
 * Read {@link io.sabot.server.avatica.SessionService} first: one object serves all connections of an engine, from any
 * thread. {@link io.sabot.server.avatica.EmbeddedTransports} is the same without a wire, for {@code jdbc:sabot:}.
 */
@NullMarked
package io.sabot.server.avatica;

import org.jspecify.annotations.NullMarked;
