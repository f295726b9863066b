/**
 * Names and types: Calcite's validator over our catalog and function table, its errors turned into ours, and the step
 * to the relational tree. What is wrong about a statement before any name is looked up stands in {@code form}; what the tree means
 * as a stream is not decided here.
 *
 * <p>Read {@link io.sabot.planner.validate.SqlFrontend} first. Of one statement, one thread.
 */
@NullMarked
package io.sabot.planner.validate;

import org.jspecify.annotations.NullMarked;
