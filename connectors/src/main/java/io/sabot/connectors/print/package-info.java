/**
 * Connector {@code print}: writes each row as a line to the standard output, with its row kind.
 *
 * <p>Start at {@link io.sabot.connectors.print.PrintFactory}. Delivery is at least once: after a restart rows since the
 * last checkpoint come again. Writers belong to their task's thread.
 */
@NullMarked
package io.sabot.connectors.print;

import org.jspecify.annotations.NullMarked;
