/**
 * What a query means, made simpler: rules over Calcite's relational tree that keep its rows. Streams, state and tasks are
 * the business of {@code planner.physical}.
 *
 * <p>Read {@link io.sabot.planner.logical.Optimizer} first: it is the list of phases.
 */
@NullMarked
package io.sabot.planner.logical;

import org.jspecify.annotations.NullMarked;
