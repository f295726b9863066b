/**
 * From the optimised tree to the plan: which operators run, in which tasks, and what is known of the rows between them.
 *
 * <p>{@link io.sabot.planner.physical.PlanBuilder} makes a plan by two translations; {@code PhysicalPlanner} has one short
 * method per kind of node, and the classes beside it one concern each: scans, projections, exchanges, aggregation,
 * windows, joins, sinks.
 *
 * <p>A column that carries event time has an offset to the watermark W: a row in time has {@code value > W + offset}.
 *
 * <pre>
 * event-time column of a table       0
 * column ± constant                  offset ± constant, never above 0
 * window end and time                that of the column that was windowed
 * window start                       less the window's length; none for sessions
 * interval join, l from r+a to r+b   l: min(l, r + a)   r: min(r, l − b)
 * temporal and ASOF join, l at r     l: min(l, r)
 * union                              the lowest, if all inputs have time in the column
 * sort by time, OVER                 that of the column they wait for; the rest none
 * rank within windows                start, end and time of the window
 * group aggregate, regular join      none
 * </pre>
 */
@NullMarked
package io.sabot.planner.physical;

import org.jspecify.annotations.NullMarked;
