/**
 * What will be done: names and types of a statement, rules, the plan. Sees the parser's statements, the catalog and
 * Calcite; knows no buffers, no state store and no clock.
 *
 * <p>Read {@link io.sabot.planner.Planner} first. The steps: {@code validate} (names and types), {@code logical} (rules),
 * {@code physical} (operators), {@code plan} (the result), {@code explain} (its text).
 */
@NullMarked
package io.sabot.planner;

import org.jspecify.annotations.NullMarked;
