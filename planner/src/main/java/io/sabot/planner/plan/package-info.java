/**
 * What will be done: the physical plan, as records without live objects.
 *
 * <p>A plan is a directed acyclic graph. A node that two others read is one object that both name as their input, and
 * runs once (identity counts, not equality). Expressions are Calcite {@code RexNode}s over the columns of the node's
 * input ({@code RexInputRef}), for joins over the columns of the left input followed by those of the right. {@code
 * executor.job} turns each node into an operator. Read {@link io.sabot.planner.plan.PlanNode} first.
 */
@NullMarked
package io.sabot.planner.plan;

import org.jspecify.annotations.NullMarked;
