/**
 * What a user is told when something is wrong: where in the SQL text, which SQLSTATE, why, and what to do.
 *
 * <p>The one package of this module that every other module may import. Read {@link
 * io.sabot.parser.error.SabotException} first; nothing here starts threads or keeps state.
 */
@NullMarked
package io.sabot.parser.error;

import org.jspecify.annotations.NullMarked;
