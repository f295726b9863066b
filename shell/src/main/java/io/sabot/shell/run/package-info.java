/**
 * Running things: the connection, statements with their results, the shell's own commands, whole scripts. Both doors, the
 * prompt and the script, end here. The thread that runs statements owns everything in this package, but for the methods that
 * say otherwise (cancelling comes from a signal's thread). Read {@link io.sabot.shell.run.StatementRunner} first.
 */
@NullMarked
package io.sabot.shell.run;

import org.jspecify.annotations.NullMarked;
