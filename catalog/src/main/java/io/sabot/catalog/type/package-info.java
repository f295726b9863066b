/**
 * SQL data types and row schemas as plain data: the vocabulary that every module shares.
 *
 * <p>Names, ranges and defaults are those of the dialect (docs: dialect §2). How a type is stored in memory belongs to
 * {@code executor.batch}, how Calcite calls it to {@code planner}. Read {@link io.sabot.catalog.type.DataType} first.
 */
@NullMarked
package io.sabot.catalog.type;

import org.jspecify.annotations.NullMarked;
