/**
 * {@code sabot-sql}: the command line and what it chooses, prompt or script. The shell knows JDBC and the driver's class,
 * nothing of the engine: what it can do, any JDBC program can do. {@code text} cuts SQL, {@code output} draws results, {@code
 * run} executes, {@code prompt} edits lines. Read {@link io.sabot.shell.SabotSql} first.
 */
@NullMarked
package io.sabot.shell;

import org.jspecify.annotations.NullMarked;
