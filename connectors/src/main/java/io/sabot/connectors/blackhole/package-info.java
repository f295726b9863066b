/**
 * Connector {@code blackhole}: takes rows, counts them and forgets them; for measuring and trying out.
 *
 * <p>Start at {@link io.sabot.connectors.blackhole.BlackholeFactory}. Writers belong to their task's thread.
 */
@NullMarked
package io.sabot.connectors.blackhole;

import org.jspecify.annotations.NullMarked;
