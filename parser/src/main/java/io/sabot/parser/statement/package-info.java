/**
 * What was asked: one record per kind of statement, as the parser found it, before any name is looked up.
 *
 * <p>Read {@link io.sabot.parser.statement.Statement} first. Calcite's {@code SqlNode} appears where a query, an
 * expression or a data type stands, for the planner to validate; all else is plain data with places in the text
 * ({@link io.sabot.parser.error.SqlSpan}). How text becomes these records is the business of {@code io.sabot.parser};
 * what they mean that of planner and server. Immutable; any thread.
 */
@NullMarked
package io.sabot.parser.statement;

import org.jspecify.annotations.NullMarked;
