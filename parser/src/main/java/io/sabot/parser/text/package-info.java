/**
 * Between SQL text and Calcite's nodes: places in the text, and nodes written as text of our dialect.
 *
 * <p>Knows no statement (that is {@code io.sabot.parser.statement}) and parses nothing ({@code io.sabot.parser}).
 * Stateless but for {@link io.sabot.parser.text.SqlText}, which one caller fills on one thread.
 */
@NullMarked
package io.sabot.parser.text;

import org.jspecify.annotations.NullMarked;
