/**
 * The interactive shell: editing, history, completion, colour and Ctrl-C, all with JLine. What is typed goes to {@code run} as
 * script items do. Read {@link io.sabot.shell.prompt.Prompt} first.
 */
@NullMarked
package io.sabot.shell.prompt;

import org.jspecify.annotations.NullMarked;
