/**
 * How a result looks: one {@link io.sabot.shell.output.ResultWriter} per output format, told of columns, rows and the end.
 * Reading JDBC values and measuring text on the screen belong here too; running statements does not (see {@code run}).
 * Writers are confined by their caller: one call at a time.
 */
@NullMarked
package io.sabot.shell.output;

import org.jspecify.annotations.NullMarked;
