/**
 * The server process: its command line, and everything put together. Wiring only; sessions are in {@code session}, the
 * protocol in {@code avatica}, sockets in {@code http}.
 */
@NullMarked
package io.sabot.server;

import org.jspecify.annotations.NullMarked;
