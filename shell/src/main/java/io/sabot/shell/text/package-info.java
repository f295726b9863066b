/**
 * SQL as text: just enough of a lexer to find where statements end, what to colour and what to complete. Nothing here knows
 * JDBC or the terminal, and nothing here judges SQL: that is the engine's work. Read {@link io.sabot.shell.text.SqlLexer} first.
 */
@NullMarked
package io.sabot.shell.text;

import org.jspecify.annotations.NullMarked;
