/** Plans as text, for {@code EXPLAIN}, tests and the job record. Read {@link io.sabot.planner.explain.PlanText} first. */
@NullMarked
package io.sabot.planner.explain;

import org.jspecify.annotations.NullMarked;
