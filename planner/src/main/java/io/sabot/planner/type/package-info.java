/**
 * Calcite's type system with Flink's limits and result types. The mapping to the types of the catalog is {@code
 * planner.plan.CalciteTypes}.
 */
@NullMarked
package io.sabot.planner.type;

import org.jspecify.annotations.NullMarked;
