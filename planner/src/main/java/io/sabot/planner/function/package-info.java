/**
 * The functions of the dialect as data: name, arguments, result type, and all that is said about them.
 *
 * <p>Read {@link io.sabot.planner.function.FunctionDefinition} first: a function is declared once, in the class of its
 * family, and {@code SHOW FUNCTIONS}, {@code DESCRIBE FUNCTION}, the reference and the tests of the examples follow. To
 * add one, add it there with an example, and the kernel of the same name to {@code executor.expression}; one of Calcite's
 * operators may be taken after comparing its nulls and results with Flink's. Aggregates need an accumulator in place of
 * the kernel. Functions of users are not here: {@link io.sabot.planner.function.FunctionTable#with} puts them in front.
 */
@NullMarked
package io.sabot.planner.function;

import org.jspecify.annotations.NullMarked;
