/**
 * Statements as they were parsed: what the grammar lets through and the dialect does not have, seen on the tree alone, without
 * names looked up or types known. One walk, which refuses each thing by name, with its place and what to write instead.
 *
 * <p>Read {@link io.sabot.planner.form.FormCheck} first; the other classes look at one kind of node each. What needs a name or a
 * type is refused in {@code validate}, what only the plan shows in {@code physical}.
 */
@NullMarked
package io.sabot.planner.form;

import org.jspecify.annotations.NullMarked;
