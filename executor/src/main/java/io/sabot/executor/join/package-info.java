/**
 * Joins: of changing inputs, of inputs within an interval of time, of inputs that carry the same windows,
 * of rows with what another side held at their time; and INTERSECT
 * and EXCEPT, which compare whole rows.
 *
 * <p>Rows are kept in state as byte strings ({@link io.sabot.executor.state.KeyEncoder#ofRows}) and turned into columns only
 * where they leave, or where a condition looks at them. Read {@link io.sabot.executor.join.RegularJoinOperator} first.
 * Expressions stay outside: a further condition comes as a {@link io.sabot.executor.join.JoinCondition}. One thread calls
 * everything.
 */
@NullMarked
package io.sabot.executor.join;

import org.jspecify.annotations.NullMarked;
