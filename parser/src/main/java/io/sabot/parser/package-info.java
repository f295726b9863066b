/**
 * SQL text in, {@link io.sabot.parser.statement.Statement}s out.
 *
 * <p>{@link io.sabot.parser.SqlParser} is the door, {@link io.sabot.parser.SqlScripts} cuts scripts. Text becomes
 * tokens once ({@code Lexer}); statements are parsed by hand over them ({@code StatementParser} and its like), queries,
 * expressions and data types by the generated parser of {@code io.sabot.parser.impl} over the same tokens. Whether a
 * name exists or a type fits is the business of catalog and planner. Nothing here keeps state between calls; any
 * thread.
 */
@NullMarked
package io.sabot.parser;

import org.jspecify.annotations.NullMarked;
